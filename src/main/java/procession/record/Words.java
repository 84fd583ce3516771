package procession.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import procession.core.Happening;

/** Says in words what a line of a record says. */
final class Words {

    private static final int LONGEST = 200;

    private final Evidence evidence;

    Words(Evidence evidence) {
        this.evidence = evidence;
    }

    String of(Entry entry) {
        return switch (entry.line()) {
            case Line.Happened(var happening) ->
                    at(happening.nanos()) + "the keeper, step " + happening.step() + ": " + happened(happening);
            case Line.Invoked invoked -> at(invoked.nanos()) + evidence.name(invoked.owner()) + " asks: " + asked(invoked);
            case Line.Returned returned -> at(returned.nanos()) + evidence.name(returned.owner()) + " is told: " + told(returned);
            case Line.Dropped dropped -> at(dropped.nanos()) + dropped.count() + " lines of "
                    + (dropped.owner() == 0 ? "the keeper" : evidence.name(dropped.owner())) + " are missing";
            case Line.End end -> at(end.nanos()) + "the run ends";
            case Line.Header header -> at(header.nanos()) + "the run begins";
            case Line.Unknown unknown -> "something of a later version: " + unknown.type();
        };
    }

    /** Since the beginning of the run. */
    private String at(long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos - evidence.header().nanos());
        return String.format(Locale.ROOT, "%d.%06d s, ", micros / 1_000_000, Math.abs(micros % 1_000_000));
    }

    private String happened(Happening happening) {
        var words = new ArrayList<String>();
        words.add(happening.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        happening.primitive().ifPresent(id -> words.add(evidence.primitive(id).label()));
        if (happening.owner() != 0) {
            words.add(evidence.name(happening.owner()));
        }
        if (happening.request() != 0) {
            words.add("request " + happening.request());
        }
        counted(words, happening.number(), happening.units(), happening.detail());
        return String.join(", ", words);
    }

    private String asked(Line.Invoked invoked) {
        var words = new ArrayList<String>();
        words.add(invoked.command());
        words.add(evidence.primitive(invoked.primitive()).label());
        words.add("request " + invoked.request());
        counted(words, invoked.number(), invoked.units(), invoked.detail());
        return String.join(", ", words);
    }

    private String told(Line.Returned returned) {
        var call = evidence.of(returned);
        var words = new ArrayList<String>();
        words.add(returned.outcome() + (returned.code().isEmpty() ? "" : " (" + returned.code() + ")"));
        if (!call.command().isEmpty()) {
            words.add(call.command());
        }
        evidence.primitive(call).ifPresent(primitive -> words.add(primitive.label()));
        words.add("request " + returned.request());
        counted(words, returned.number(), returned.units(), returned.detail());
        if (returned.abandoned() != 0) {
            words.add("after the death of " + evidence.name(returned.abandoned()));
        }
        return String.join(", ", words);
    }

    private static void counted(List<String> words, long number, int units, String detail) {
        if (number != 0) {
            words.add("number " + number);
        }
        if (units != 0) {
            words.add("units " + units);
        }
        if (!detail.isEmpty()) {
            words.add(detail.length() <= LONGEST ? detail : detail.substring(0, LONGEST) + "…");
        }
    }
}
