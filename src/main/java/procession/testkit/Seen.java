package procession.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.record.Hold;
import procession.record.Judgement;

/** A history up to a moment: it does not grow any more. */
final class Seen {

    private static final int LAST_SHOWN = 40;

    private final List<Happening> all;
    private final Optional<Judgement> judgement;
    private final long since;
    private final Map<Long, String> names = new HashMap<>();

    Seen(List<Happening> all, Optional<Judgement> judgement, long since) {
        if (!all.isEmpty() && all.getFirst().step() > 1) {
            throw new IllegalStateException("The history of this run is longer than what is remembered of it (procession.record.size),"
                    + " so that nothing certain can be said of it; set that higher.");
        }
        this.all = all;
        this.judgement = judgement;
        this.since = since;
        all.stream().filter(happening -> happening.kind() == Happening.Kind.PROCESS_STARTED)
                .forEach(started -> names.put(started.owner(), started.process()));
    }

    List<Happening> happenings() {
        return all.stream().filter(happening -> happening.nanos() - since >= 0).toList();
    }

    List<Happening> of(PrimitiveId id) {
        return happenings().stream().filter(happening -> happening.primitive().equals(Optional.of(id))).toList();
    }

    List<Hold> holds(PrimitiveId lock) {
        return judgement().holds().stream().filter(hold -> hold.lock().equals(lock) && hold.from() - since >= 0).toList();
    }

    /** Of the whole run, as far as it has come. */
    Judgement judgement() {
        return judgement.orElseThrow(() -> new IllegalStateException("The run of this test is not recorded, so that what its processes"
                + " were told is not known. An extension records unless it is told not to; a TestRun that is started by hand does if"
                + " procession.record.file names a file."));
    }

    boolean isRecorded() {
        return judgement.isPresent();
    }

    /** Who that is or was. */
    String name(long owner) {
        return names.getOrDefault(owner, "process " + owner);
    }

    /** Of the process: the keeper does not always know the name of one that is gone. */
    String process(Happening happening) {
        return happening.process().isEmpty() && happening.owner() != 0 ? name(happening.owner()) : happening.process();
    }

    // In words.

    /** The last of what happened, or of some of it, one line each. */
    String lines(String what, Predicate<Happening> wanted) {
        var some = happenings().stream().filter(wanted).toList();
        return some.isEmpty() ? "Nothing happened" + what + "."
                : Stream.concat(Stream.of((some.size() > LAST_SHOWN ? "The last of " + some.size() + " happenings" : "What happened")
                                + what + ":"),
                        some.stream().skip(Math.max(0, some.size() - LAST_SHOWN)).map(Seen::line)).collect(Collectors.joining("\n"));
    }

    static String line(Happening happening) {
        var what = happening.name().or(() -> happening.primitive().map(Object::toString)).orElse("");
        return "  " + Stream.of(Long.toString(happening.step()), happening.process(), happening.kind().toString(), what,
                        happening.number() == 0 ? "" : Long.toString(happening.number()),
                        happening.units() == 0 ? "" : "x" + happening.units(), happening.detail())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
