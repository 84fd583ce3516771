package procession.core;

import java.util.Optional;

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

    /** How many copies a process holds. */
    public int copies(Resource resource, Owner owner) {
        return keeper.holders().copies(resource, owner);
    }
}
