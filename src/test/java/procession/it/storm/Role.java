package procession.it.storm;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import procession.Inspection;
import procession.Process;

/** What somebody is doing at the moment when he is to be hit. */
enum Role {

    /** Has a child. It comes first, as there is one only. */
    PARENT {
        @Override
        Stream<Long> found(World world, List<Process> children) {
            return children.stream().filter(child -> child.name().startsWith(NAME_OF_PARENTS) && child.isAlive())
                    .map(Process::pid).filter(OptionalLong::isPresent).map(OptionalLong::getAsLong);
        }
    },
    /** Holds the lock, and somebody waits for it. */
    HOLDER {
        @Override
        Stream<Long> found(World world, List<Process> children) throws InterruptedException {
            var lock = world.lock().inspect();
            return lock.count("waiters") == 0 ? Stream.empty() : holders(lock);
        }
    },
    /** Reads or writes the pair of numbers. */
    READER_OR_WRITER {
        @Override
        Stream<Long> found(World world, List<Process> children) throws InterruptedException {
            return holders(world.pages().inspect());
        }
    },
    /** Waits for a lock, or for the others at the barrier. */
    WAITER {
        @Override
        Stream<Long> found(World world, List<Process> children) throws InterruptedException {
            return Stream.of(world.lock().inspect(), world.tree().inspect(), world.barrier().inspect()).flatMap(Role::waiters);
        }
    },
    /** Waits to put an item. */
    PRODUCER {
        @Override
        Stream<Long> found(World world, List<Process> children) throws InterruptedException {
            return world.items().inspect().waiters().stream().filter(waiter -> waiter.waits().contains("put")).map(Inspection.Waiter::pid);
        }
    },
    /** Has an item that is not done. */
    CONSUMER {
        @Override
        Stream<Long> found(World world, List<Process> children) throws InterruptedException {
            return holders(world.jobs().inspect());
        }
    };

    static final String NAME_OF_PARENTS = "parent";

    /** Pids of those who do that now. */
    abstract Stream<Long> found(World world, List<Process> children) throws InterruptedException;

    private static Stream<Long> holders(Inspection inspection) {
        return inspection.holders().stream().map(Inspection.Holder::pid);
    }

    private static Stream<Long> waiters(Inspection inspection) {
        return inspection.waiters().stream().map(Inspection.Waiter::pid);
    }
}
