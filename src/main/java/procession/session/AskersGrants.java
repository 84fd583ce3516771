package procession.session;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What actors of this process hold of one primitive, oldest first. Apart from what its threads hold: neither releases what is the
 * other's. Used by one actor only.
 */
final class AskersGrants {

    /** Units of one grant. */
    record Held(ActorRef<?> asker, long fence, int units) {}

    private final TreeMap<Long, Held> byFence = new TreeMap<>();

    void add(ActorRef<?> asker, long fence, int units) {
        byFence.put(fence, new Held(asker, fence, units));
    }

    /** What was taken is here again. */
    void putBack(Held taken) {
        byFence.merge(taken.fence(), taken, (here, more) -> new Held(here.asker(), here.fence(), here.units() + more.units()));
    }

    boolean has(long fence) {
        return byFence.containsKey(fence);
    }

    /** Whether there was such a grant, which then is no longer here. */
    boolean remove(long fence) {
        return byFence.remove(fence) != null;
    }

    /** Takes up to so many units off what an actor holds. */
    List<Held> take(ActorRef<?> asker, int units) {
        var taken = new ArrayList<Held>();
        int left = units;
        for (var held : List.copyOf(byFence.values())) {
            if (held.asker().equals(asker) && left > 0) {
                int some = Math.min(left, held.units());
                taken.add(new Held(asker, held.fence(), some));
                left -= some;
                if (some == held.units()) {
                    byFence.remove(held.fence());
                } else {
                    byFence.put(held.fence(), new Held(asker, held.fence(), held.units() - some));
                }
            }
        }
        return taken;
    }

    List<Held> takeAll(ActorRef<?> asker) {
        return take(asker, Integer.MAX_VALUE);
    }
}
