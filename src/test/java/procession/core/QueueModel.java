package procession.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A queue, as plainly as possible. */
final class QueueModel extends Model {

    private final Spec.Queue spec;
    private final long budget;
    private final LineModel line;
    private final List<Ticket> pollers = new ArrayList<>();
    private final List<Ticket> joiners = new ArrayList<>();
    private final Set<Owner> producers = new HashSet<>();
    private boolean isShut;
    private long bytesBefore;

    /** An item that nobody gets any more; numbers are those of the items, in the order in which they were accepted. */
    private final TreeMap<Long, LineModel.Entry> letters = new TreeMap<>();
    private final Map<Long, Long> lastHadBy = new HashMap<>();
    private final List<LineModel.Entry> everAccepted = new ArrayList<>();

    QueueModel(Spec.Queue spec, long budget) {
        this.spec = spec;
        this.budget = budget;
        this.line = new LineModel(this, spec.maxSize(), 0);
    }

    @Override
    void on(Ticket ticket, Command command) {
        switch (command) {
            case Command.Put put when isShut -> {
                discard(put.payload());
                answer(ticket, Refusals.SHUT_DOWN);
            }
            case Command.Put put -> line.puts(ticket, put.payload());
            case Command.PutAll put when isShut -> {
                put.payloads().forEach(this::discard);
                answer(ticket, Refusals.SHUT_DOWN);
            }
            case Command.PutAll put -> line.putsAll(ticket, put.payloads());
            case Command.Get get -> line.gets(ticket);
            case Command.GetSome get -> line.getsSome(ticket, get.most());
            case Command.PollQueue poll -> pollers.add(ticket);
            case Command.Consumed consumed -> {
                line.consumed(ticket.owner(), consumed.request(), consumed.count(), !spec.joinable());
                answer(ticket, "done");
            }
            case Command.GiveBack back -> {
                line.giveBack(ticket.owner(), back.request());
                answer(ticket, "done");
            }
            case Command.ShutDown shutDown -> {
                answer(ticket, "done");
                shutDown();
            }
            case Command.CloseWhenGone close -> {
                answer(ticket, "done");
                producers.addAll(close.producers());
                if (producers.isEmpty()) {
                    shutDown();
                }
            }
            case Command.JoinQueue join when spec.joinable() -> joiners.add(ticket);
            case Command.TaskDone done when spec.joinable() -> taskDone(ticket, done.request());
            case Command.ReadDeadLetter read when spec.joinable() -> read(ticket, read.from());
            case Command.RemoveDeadLetter remove when spec.joinable() -> remove(ticket, remove.number());
            default -> answer(ticket, Refusals.WRONG_KIND);
        }
        next();
    }

    private void shutDown() {
        isShut = true;
        producers.clear();
        line.refusePutters(Refusals.SHUT_DOWN, true);
    }

    private void taskDone(Ticket ticket, long request) {
        var own = line.outWith(ticket.owner()).stream().filter(LineModel.Entry::canBeDone).toList();
        var named = own.stream().filter(entry -> entry.with.id() == request).toList();
        var sameThread = own.stream().filter(entry -> entry.with.strand() == ticket.strand()).toList();
        var choice = request != 0 ? named : sameThread.isEmpty() ? own : sameThread;
        if (choice.isEmpty()) {
            answer(ticket, Refusals.NOTHING_UNFINISHED);
            return;
        }
        var entry = choice.getFirst();
        if (!entry.arrived) {
            line.adopt(entry);
        }
        line.finish(entry);
        answer(ticket, "done");
    }

    private void read(Ticket ticket, long from) {
        var next = letters.ceilingEntry(from);
        if (next == null) {
            answer(ticket, "done");
            return;
        }
        var letter = next.getValue();
        answer(ticket, "letter " + next.getKey() + " " + Stage.text(letter.payload) + " x" + letter.redelivered + " with "
                + lastHadBy.get(next.getKey()));
        if (!letter.payload.carried().isEmpty()) {
            settlements.add("copied " + Stage.text(letter.payload) + " for " + ticket.id());
        }
    }

    private void remove(Ticket ticket, long number) {
        var letter = letters.remove(number);
        if (letter != null) {
            discard(letter.payload);
        }
        answer(ticket, letter == null ? Refusals.NOT_FOUND : "done");
    }

    /** At first there is the room that there was before, and then what the last step freed. */
    private void next() {
        round(budget - bytesBefore);
        round(budget - bytes());
        bytesBefore = bytes();
    }

    private void round(long room) {
        line.pump(room);
        line.entries.stream().filter(entry -> !everAccepted.contains(entry)).forEach(everAccepted::add);
        boolean underWay = line.out().stream().anyMatch(entry -> !entry.arrived);
        boolean over = isShut && line.present().isEmpty() && line.putters.isEmpty() && !underWay;
        if (over) {
            line.refuseGetters("end of stream");
        }
        if (over || !line.present().isEmpty()) {
            pollers.forEach(poller -> answer(poller, "ready"));
            pollers.clear();
        }
        if (line.entries.isEmpty()) {
            joiners.forEach(joiner -> answer(joiner, "done"));
            joiners.clear();
        }
    }

    private long bytes() {
        return line.bytes() + letters.values().stream().mapToLong(entry -> entry.payload.size()).sum();
    }

    @Override
    void expired(Ticket ticket) {
        if (joiners.remove(ticket) || pollers.remove(ticket) || line.leave(ticket)) {
            answer(ticket, "timed out");
        }
        next();
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        joiners.removeIf(ticket -> ticket.owner().equals(owner));
        pollers.removeIf(ticket -> ticket.owner().equals(owner));
        line.stopsWaiting(owner);
        for (var entry : line.outWith(owner)) {
            entry.with = null;
            entry.redelivered += spec.joinable() ? 1 : 0;
            if (entry.redelivered > REDELIVERIES) {
                line.entries.remove(entry);
                long number = everAccepted.indexOf(entry) + 1L;
                letters.put(number, entry);
                lastHadBy.put(number, owner.number());
            }
        }
        if (producers.remove(owner) && producers.isEmpty()) {
            shutDown();
        }
        next();
    }

    @Override
    void confirmed(Ticket ticket) {
        var entry = line.outWith(ticket);
        if (entry != null && !entry.arrived) {
            entry.arrived = true;
            line.adopt(entry);
            if (!spec.joinable()) {
                line.finish(entry);
            }
        }
        next();
    }

    @Override
    Map<String, Long> counts() {
        var counts = new TreeMap<>(Map.of("size", (long) line.present().size(), "unfinished", (long) line.entries.size(),
                "bytes", bytes(), "shut-down", isShut ? 1L : 0L,
                "waiting", line.waiting() + joiners.size() + pollers.size()));
        if (spec.joinable()) {
            counts.put("dead-letters", (long) letters.size());
        }
        return counts;
    }
}
