package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * By the keeper's order: a counter is what it began with and what was added to it since it was set last; the versions of a cell or a map
 * rise by one with every change; what was to be changed only as somebody had seen it was so still. So no update is lost. And nobody waits
 * on for a change, or for a count, that is there.
 */
final class UpdatesAreKept extends Law {

    private static final Pattern BEGINS = Pattern.compile("a counter from (-?\\d{1,19})");
    private static final Pattern SET_IF = Pattern.compile("set if (-?\\d{1,19})");
    private static final Pattern WRITE = Pattern.compile("(put|removed)((?: [0-9a-f]{1,16})?)");

    private static final class Kept {
        Entry last;
        long number;
        final Map<String, Long> versions = new HashMap<>();
        final Map<Call.Key, Entry> waiting = new LinkedHashMap<>();
    }

    private final Map<PrimitiveId, Kept> all = new HashMap<>();
    private final Set<PrimitiveId> touched = new HashSet<>();

    UpdatesAreKept(Evidence evidence) {
        super("updates are kept", "No change of a counter, a cell or a map is lost or made to what nobody saw.", evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            all.values().forEach(kept -> kept.waiting.keySet().removeIf(key -> key.owner() == happening.owner()));
        }
        happening.primitive().ifPresent(id -> {
            switch (evidence.primitive(id).kind()) {
                case COUNTER, CELL, MAP -> ofValue(id, happening, entry);
                default -> { }
            }
        });
    }

    private void ofValue(PrimitiveId id, Happening happening, Entry entry) {
        var kept = all.computeIfAbsent(id, any -> new Kept());
        touched.add(id);
        switch (happening.kind()) {
            case MADE -> {
                var begins = BEGINS.matcher(happening.detail());
                kept.number = begins.matches() ? Long.parseLong(begins.group(1)) : 0;
                kept.last = entry;
            }
            case ASKED -> {
                if (happening.detail().equals("AwaitCounter") || happening.detail().equals("AwaitMap")) {
                    kept.waiting.put(Call.Key.of(happening), entry);
                }
            }
            case COUNTED -> {
                counted(id, kept, happening, entry);
                changed(kept, happening.number(), entry);
            }
            case CHANGED -> {
                written(id, kept, happening, entry);
                changed(kept, happening.number(), entry);
            }
            case WOKEN, TIMED_OUT, REFUSED -> kept.waiting.remove(Call.Key.of(happening));
            case OVER -> {
                all.remove(id);
                touched.remove(id);
            }
            default -> { }
        }
    }

    private static void changed(Kept kept, long number, Entry entry) {
        kept.number = number;
        kept.last = entry;
    }

    /** What was asked says how it was to be changed; what a counter must be to be set only the change itself does. */
    private void counted(PrimitiveId id, Kept kept, Happening happening, Entry entry) {
        var call = evidence.of(happening);
        var set = SET_IF.matcher(happening.detail());
        if (call.command().equals("AddToCounter") && call.asked != null
                && kept.number + call.asked.happening().number() != happening.number()) {
            broken(title(id) + " was " + kept.number + ", and is " + happening.number() + " after " + call.asked.happening().number()
                    + " was added.", kept.last, call.asked, entry);
        } else if (set.matches() && Long.parseLong(set.group(1)) != kept.number) {
            broken(title(id) + " was " + kept.number + ", and was " + happening.detail() + ".", kept.last, entry);
        }
    }

    private void written(PrimitiveId id, Kept kept, Happening happening, Entry entry) {
        if (happening.number() != kept.number + 1) {
            broken(title(id) + " had version " + kept.number + ", and has version " + happening.number() + " after one change.", kept.last,
                    entry);
        }
        var write = WRITE.matcher(happening.detail());
        if (!write.matches()) {
            kept.versions.clear();
            return;
        }
        var key = write.group(2);
        long before = kept.versions.getOrDefault(key, 0L);
        var asked = evidence.of(happening).asked;
        if (asked != null && asked.happening().number() >= 0 && asked.happening().number() != before) {
            broken(title(id) + " was changed by one who had seen version " + asked.happening().number() + " of what had version " + before
                    + ".", asked, kept.last, entry);
        }
        if (write.group(1).equals("put")) {
            kept.versions.put(key, happening.number());
        } else {
            kept.versions.remove(key);
        }
    }

    private String title(PrimitiveId id) {
        return evidence.primitive(id).title();
    }

    @Override
    void stepEnded() {
        for (var id : touched) {
            var kept = all.get(id);
            boolean counts = evidence.primitive(id).is(Primitive.Kind.COUNTER);
            kept.waiting.values().removeIf(asked -> {
                long wanted = asked.happening().number();
                boolean isThere = counts ? kept.number >= wanted : kept.number > wanted;
                if (isThere) {
                    broken(title(id) + " is at " + kept.number + ", and " + name(asked.happening().owner()) + " waits on.", asked,
                            kept.last);
                }
                return isThere;
            });
        }
        touched.clear();
    }
}
