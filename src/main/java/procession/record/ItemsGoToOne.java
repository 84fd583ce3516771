package procession.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * No item of a queue and no message of a pipe is received by two that live: when somebody is told of one that another had been told of
 * before, that other has ended in between, or had given it back.
 */
final class ItemsGoToOne extends Law {

    /** Names an item; a detail tells the direction of a pipe. */
    private record ItemId(PrimitiveId line, String direction, long number) {}

    private final Map<ItemId, List<Entry>> handedOut = new HashMap<>();
    private final Set<Call.Key> givenBack = new HashSet<>();
    /** Of requests that were answered with several items: how many of them their process has said that it got. */
    private final Map<Call.Key, Integer> consumed = new HashMap<>();
    /** Which item of its answer each of several is, from 0. */
    private final Map<Entry, Integer> positions = new HashMap<>();

    ItemsGoToOne(Evidence evidence) {
        super("items go to one", "Nothing is received by two processes that live.", evidence);
    }

    @Override
    boolean suffersFromGaps() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.GOT || happening.kind() == Happening.Kind.RECEIVED) {
            var call = evidence.of(happening);
            if (call.isBatch()) {
                positions.put(entry, call.items - 1);
            }
            var item = new ItemId(happening.primitive().orElseThrow(), happening.detail(), happening.number());
            // Nearly all are handed out once.
            handedOut.merge(item, List.of(entry), (before, more) -> {
                var all = new ArrayList<>(before);
                all.addAll(more);
                return all;
            });
        }
    }

    @Override
    void invoked(Line.Invoked invoked, Entry entry) {
        if (invoked.command().equals("GiveBack")) {
            givenBack.add(new Call.Key(invoked.owner(), invoked.number()));
        } else if (invoked.command().equals("Consumed")) {
            consumed.merge(new Call.Key(invoked.owner(), invoked.number()), invoked.units(), Math::max);
        }
    }

    @Override
    void allRead() {
        handedOut.forEach((item, to) -> {
            for (int later = 1; later < to.size(); later++) {
                apart(item, to.get(later - 1), to.get(later));
            }
        });
    }

    private boolean wasConsumed(Call call, Entry got) {
        return positions.get(got) < consumed.getOrDefault(call.key, 0);
    }

    private void apart(ItemId item, Entry first, Entry second) {
        var one = evidence.of(first.happening());
        var other = evidence.of(second.happening());
        boolean both = one.isBatch() ? wasConsumed(one, first) : one.returned("Item") && !givenBack.contains(one.key);
        both &= other.isBatch() ? wasConsumed(other, second) : other.returned("Item");
        var end = evidence.endOf(one.key.owner());
        boolean endedBetween = end != null && end.place() < second.place();
        if (both && !endedBetween && evidence.keeperGap() == null) {
            broken(evidence.primitive(item.line()).title() + ": item " + item.number() + " was received by " + name(one.key.owner())
                    + ", which lived, and by " + name(other.key.owner()) + ".", one.returned, other.returned);
        }
    }
}
