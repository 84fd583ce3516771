package procession.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a simulation may see of a keeper that nobody else sees. */
public final class KeeperProbe {

    private final Keeper keeper;

    /** A probe of a keeper. */
    public KeeperProbe(Keeper keeper) {
        this.keeper = keeper;
    }

    /** A primitive as it is. */
    public Optional<View> view(PrimitiveId id) {
        return keeper.view(id);
    }

    /** A keeper as it should be, or whose machines have a bug. */
    public static Keeper keeper(Rules rules, Consumer<Happening> recorder, Bug bug) {
        return bug == null ? new Keeper(rules, recorder) : new Keeper(rules, recorder, spec -> BuggyMachine.of(spec, rules, bug));
    }

    /** The cycles of waits that stand. */
    public List<Deadlock> deadlocks() {
        return keeper.deadlocks();
    }

    /** Everything that it shows of itself. */
    public Look look(long time) {
        return keeper.look(time);
    }

    /** How many copies a process holds. */
    public int copies(Resource resource, Owner owner) {
        return keeper.holders().copies(resource, owner);
    }
}
