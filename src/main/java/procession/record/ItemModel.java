package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import procession.core.Happening;

/**
 * One line of items, of a queue or of one direction of a pipe, played again in the simplest way. After a contradiction it knows nothing any
 * more, and says nothing more.
 */
final class ItemModel {

    /** An item: how often it has come back, and the line that says that it was put. */
    private record Item(int redelivered, Entry put) {}

    /** An item that was handed out. */
    private record Out(long number, Item item, Entry got) {}

    private final Primitive primitive;
    private final Evidence evidence;
    private final Finding finding;
    private final TreeMap<Long, Item> items = new TreeMap<>();
    /** What was handed out, by request and number. */
    private final Map<Call.Key, Map<Long, Out>> out = new HashMap<>();
    private final Map<Long, Call.Key> outByNumber = new HashMap<>();
    private final Map<Call.Key, Entry> getters = new LinkedHashMap<>();
    private final Map<Call.Key, Entry> pollers = new LinkedHashMap<>();
    private final Map<Call.Key, Entry> joiners = new LinkedHashMap<>();
    private final Map<Long, Entry> lastOf = new HashMap<>();
    private final Set<Long> gone = new HashSet<>();
    private long lastNumber;
    /** A batch that is being handed out, in this step of the keeper. */
    private Call.Key served;
    /** The last one that was told, in this step of the keeper, that there is something to get. */
    private Entry told;
    private Entry shut;
    private Entry ended;
    private boolean lost;

    ItemModel(Primitive primitive, Evidence evidence, Finding finding) {
        this.primitive = primitive;
        this.evidence = evidence;
        this.finding = finding;
    }

    private void contradicts(String how, Entry... lines) {
        lost = true;
        finding.broken(primitive.title() + ": " + how, lines);
    }

    private String name(long owner) {
        return evidence.name(owner);
    }

    void happened(Happening happening, Entry entry) {
        if (lost) {
            return;
        }
        var key = Call.Key.of(happening);
        switch (happening.kind()) {
            case ASKED -> asked(key, happening.detail(), entry);
            case PUT, SENT -> put(happening, entry);
            case GOT, RECEIVED -> got(key, happening, entry);
            case REQUEUED -> cameBack(key, happening, entry, false);
            case DEAD_LETTER -> cameBack(key, happening, entry, true);
            case DONE -> done(happening, entry);
            case JOINED -> joined(key, entry);
            case SHUT_DOWN -> shut = entry;
            case END_OF_STREAM -> endOfStream(key, entry);
            case READY -> {
                pollers.remove(key);
                told = entry;
            }
            case TIMED_OUT -> timedOut(key, entry);
            case REFUSED -> noLonger(key);
            default -> { }
        }
    }

    private void asked(Call.Key key, String command, Entry entry) {
        switch (command) {
            case "Get", "Receive", "GetSome", "ReceiveSome" -> getters.put(key, entry);
            case "Poll", "PollQueue" -> pollers.put(key, entry);
            case "JoinQueue" -> joiners.put(key, entry);
            default -> { }
        }
    }

    private void put(Happening put, Entry entry) {
        var before = lastOf.put(put.owner(), entry);
        if ((shut != null && !isLeftBehind(put)) || ended != null) {
            contradicts("item " + put.number() + " was taken in from " + name(put.owner()) + " after the end.",
                    shut != null ? shut : ended, entry);
        } else if (put.number() != lastNumber + 1) {
            contradicts("item " + put.number() + " came after item " + lastNumber + ".", entry);
        } else if (before != null && before.happening().request() > put.request()) {
            contradicts("what " + name(put.owner()) + " put first (request " + put.request() + ") was taken in after what it put later.",
                    before, entry);
        } else if (primitive.is(Primitive.Kind.QUEUE) && primitive.size() > 0 && items.size() >= primitive.size()) {
            contradicts("item " + put.number() + " was taken in, though " + items.size() + " were there already.", entry);
        }
        lastNumber = put.number();
        items.put(put.number(), new Item(0, entry));
    }

    /** What its process had handed to the keeper when it ended may wait for room until after a shutdown. */
    private boolean isLeftBehind(Happening put) {
        var call = evidence.of(put);
        var end = evidence.endOf(put.owner());
        return call.isBatch() && call.asked != null && end != null && call.asked.place() < shut.place();
    }

    private void got(Call.Key key, Happening got, Entry entry) {
        var item = items.get(got.number());
        if (ended != null && !primitive.isJoinable()) {
            contradicts("item " + got.number() + " was given to " + name(got.owner()) + " after the end of the stream.", ended, entry);
        } else if (item == null) {
            notThere(got, entry);
        } else if (items.firstKey() != got.number()) {
            contradicts("item " + got.number() + " was given to " + name(got.owner()) + " before item " + items.firstKey() + ".",
                    items.firstEntry().getValue().put(), item.put(), entry);
        } else if (item.redelivered() != got.units()) {
            contradicts("item " + got.number() + " came back " + item.redelivered() + " times, but " + name(got.owner()) + " was told "
                    + got.units() + ".", item.put(), entry);
        } else if (!key.equals(served) && (!getters.containsKey(key) || !getters.keySet().iterator().next().equals(key))) {
            overtaken(key, got, entry);
        } else {
            getters.remove(key);
            served = evidence.of(key).isBatch() ? key : null;
            items.remove(got.number());
            out.computeIfAbsent(key, request -> new LinkedHashMap<>()).put(got.number(), new Out(got.number(), item, entry));
            outByNumber.put(got.number(), key);
        }
    }

    private void notThere(Happening got, Entry entry) {
        var with = outByNumber.get(got.number());
        if (with != null) {
            contradicts("item " + got.number() + " was given to " + name(got.owner()) + " while it was with " + name(with.owner()) + ".",
                    out.get(with).get(got.number()).got(), entry);
        } else {
            contradicts("item " + got.number() + " was given to " + name(got.owner()) + ", but it was not there: "
                    + (got.number() > lastNumber ? "it was never put." : "it was done."), entry);
        }
    }

    private void overtaken(Call.Key key, Happening got, Entry entry) {
        if (!getters.containsKey(key)) {
            contradicts("item " + got.number() + " was given to " + name(got.owner()) + ", which had not asked.", entry);
            return;
        }
        var first = getters.entrySet().iterator().next();
        contradicts("item " + got.number() + " was given to " + name(got.owner()) + " before " + name(first.getKey().owner())
                + ", which had asked earlier, got one.", first.getValue(), getters.get(key), entry);
    }

    private void cameBack(Call.Key key, Happening back, Entry entry, boolean dead) {
        var was = out.getOrDefault(key, Map.of()).get(back.number());
        if (was == null) {
            contradicts("item " + back.number() + " came back from " + name(back.owner()) + ", which did not have it.", entry);
            return;
        }
        noLongerOut(key, back.number());
        boolean unfinished = primitive.isJoinable() && evidence.endOf(back.owner()) != null;
        int times = was.item().redelivered() + (unfinished ? 1 : 0);
        int most = evidence.header().redeliveries();
        if (back.units() != times) {
            contradicts("item " + back.number() + " came back " + times + " times, but " + back.units() + " were counted.", was.got(),
                    entry);
        } else if (primitive.isJoinable() && dead != times > most) {
            contradicts("item " + back.number() + " came back " + times + " times, and " + most + " are allowed, but it "
                    + (dead ? "became" : "did not become") + " a dead letter.", was.got(), entry);
        } else if (!dead) {
            items.put(back.number(), new Item(times, was.item().put()));
        }
    }

    private void done(Happening done, Entry entry) {
        var with = outByNumber.get(done.number());
        if (with == null || with.owner() != done.owner()) {
            contradicts("item " + done.number() + " was done by " + name(done.owner()) + ", which did not have it.",
                    with == null ? null : out.get(with).get(done.number()).got(), entry);
            return;
        }
        noLongerOut(with, done.number());
    }

    private void noLongerOut(Call.Key key, long number) {
        out.get(key).remove(number);
        if (out.get(key).isEmpty()) {
            out.remove(key);
        }
        outByNumber.remove(number);
    }

    private void joined(Call.Key key, Entry entry) {
        if (!items.isEmpty()) {
            contradicts("everything was said to be done while item " + items.firstKey() + " was there.",
                    items.firstEntry().getValue().put(), entry);
        } else if (!outByNumber.isEmpty()) {
            var unfinished = out.values().iterator().next().values().iterator().next();
            contradicts("everything was said to be done while " + name(unfinished.got().happening().owner()) + " had item "
                    + unfinished.number() + ".", unfinished.got(), entry);
        }
        joiners.remove(key);
    }

    private void endOfStream(Call.Key key, Entry entry) {
        if (!items.isEmpty()) {
            contradicts("the end was told while item " + items.firstKey() + " was there.", items.firstEntry().getValue().put(), entry);
        } else if (primitive.is(Primitive.Kind.QUEUE) && shut == null) {
            contradicts("the end was told, but it had not been shut down.", entry);
        }
        getters.remove(key);
        ended = ended == null ? entry : ended;
    }

    private void timedOut(Call.Key key, Entry entry) {
        if (!items.isEmpty() && (getters.containsKey(key) || pollers.containsKey(key))) {
            contradicts("item " + items.firstKey() + " was there, but " + name(key.owner()) + " waited until its time was over.",
                    items.firstEntry().getValue().put(), entry);
        }
        noLonger(key);
    }

    private void noLonger(Call.Key key) {
        getters.remove(key);
        pollers.remove(key);
        joiners.remove(key);
    }

    void departed(long owner) {
        getters.keySet().removeIf(key -> key.owner() == owner);
        pollers.keySet().removeIf(key -> key.owner() == owner);
        joiners.keySet().removeIf(key -> key.owner() == owner);
        gone.add(owner);
    }

    void stepEnded() {
        served = null;
        var ready = told;
        told = null;
        if (lost) {
            return;
        }
        if (ready != null && items.isEmpty() && shut == null && primitive.is(Primitive.Kind.QUEUE)) {
            contradicts(name(ready.happening().owner()) + " was told that there is something to get, but nothing was.", ready);
            return;
        }
        var waits = !getters.isEmpty() ? getters : pollers;
        if (!items.isEmpty() && !waits.isEmpty()) {
            var first = waits.entrySet().iterator().next();
            contradicts("item " + items.firstKey() + " was there, and " + name(first.getKey().owner()) + " waited for it.",
                    items.firstEntry().getValue().put(), first.getValue());
        } else if (items.isEmpty() && outByNumber.isEmpty() && !joiners.isEmpty()) {
            contradicts("nothing was unfinished, and " + name(joiners.keySet().iterator().next().owner()) + " still waited for that.",
                    joiners.values().iterator().next());
        } else if (primitive.isJoinable() && !gone.isEmpty()) {
            withTheDead();
        }
        gone.clear();
    }

    private void withTheDead() {
        for (var one : out.entrySet()) {
            if (gone.contains(one.getKey().owner())) {
                var first = one.getValue().values().iterator().next();
                contradicts("item " + first.number() + " was not done when " + name(one.getKey().owner())
                        + " ended, and did not come back.", first.got(), evidence.endOf(one.getKey().owner()));
                return;
            }
        }
    }
}
