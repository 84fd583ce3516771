package procession.it.storm;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import procession.BrokenBarrierException;
import procession.EmptyException;
import procession.FullException;
import procession.Grant;
import procession.KeeperSilentException;
import procession.Procession;
import procession.TimedOutException;

/** Things to do with what everyone uses. No wait lasts longer than a moment, so that whoever is left over gets on. */
enum Deed {

    HOLD {
        @Override
        void done(World world, Random random) throws InterruptedException {
            hold(world.lock().acquire(moment(random)), random);
        }
    },
    USE_A_DESK {
        @Override
        void done(World world, Random random) throws InterruptedException {
            var desk = world.desks().get(random.nextInt(world.desks().size()));
            for (int left = random.nextInt(MOST_USES); left > 0; left--) {
                try (var grant = desk.acquire(moment(random))) {
                    if (random.nextBoolean()) {
                        pause(random);
                    }
                }
            }
        }
    },
    HOLD_TWICE {
        @Override
        void done(World world, Random random) throws InterruptedException {
            try (var outer = world.tree().acquire(moment(random))) {
                hold(world.tree().acquire(moment(random)), random);
            }
        }
    },
    AWAIT_CHANGE {
        @Override
        void done(World world, Random random) throws InterruptedException {
            try (var grant = world.lock().acquire(moment(random))) {
                world.changed().await(moment(random));
            }
        }
    },
    CHANGE {
        @Override
        void done(World world, Random random) throws InterruptedException {
            try (var grant = world.lock().acquire(moment(random))) {
                world.changed().signal(1 + random.nextInt(2));
            }
        }
    },
    TAKE_PERMITS {
        @Override
        void done(World world, Random random) throws InterruptedException {
            hold(world.permits().acquire(1 + random.nextInt(3), moment(random)), random);
        }
    },
    TAKE_BOUNDED {
        @Override
        void done(World world, Random random) throws InterruptedException {
            hold(world.bounded().acquire(moment(random)), random);
        }
    },
    SIGNAL {
        @Override
        void done(World world, Random random) throws InterruptedException {
            world.signals().release(1 + random.nextInt(2));
        }
    },
    AWAIT_SIGNAL {
        @Override
        void done(World world, Random random) throws InterruptedException {
            world.signals().acquire(moment(random));
        }
    },
    GATE {
        @Override
        void done(World world, Random random) throws InterruptedException {
            if (random.nextBoolean()) {
                world.gate().set();
                world.gate().clear();
            } else {
                world.gate().await(moment(random));
            }
        }
    },
    PUT {
        @Override
        void done(World world, Random random) throws InterruptedException {
            world.items().put(thing(random), moment(random));
        }
    },
    GET {
        @Override
        void done(World world, Random random) throws InterruptedException {
            if (random.nextInt(GETS) == 0) { // Rarely, so that whoever puts has to wait for room.
                world.items().get(moment(random));
            }
        }
    },
    NOTE {
        @Override
        void done(World world, Random random) throws InterruptedException {
            if (random.nextBoolean()) {
                world.notes().put(thing(random), moment(random));
            } else {
                world.notes().get(moment(random));
            }
        }
    },
    ORDER {
        @Override
        void done(World world, Random random) throws InterruptedException {
            world.jobs().put(thing(random), moment(random));
        }
    },
    WORK {
        @Override
        void done(World world, Random random) throws InterruptedException {
            var delivery = world.jobs().getDelivery(moment(random));
            pause(random);
            delivery.done();
        }
    },
    AWAIT_WORK {
        @Override
        void done(World world, Random random) throws InterruptedException {
            world.jobs().join(moment(random));
        }
    },
    WRITE {
        @Override
        void done(World world, Random random) throws InterruptedException {
            try (var grant = world.pages().writeLock().acquire(moment(random))) {
                world.pair().write(random.nextLong(), () -> pause(random));
            }
        }
    },
    READ {
        @Override
        void done(World world, Random random) throws InterruptedException {
            try (var grant = world.pages().readLock().acquire(moment(random))) {
                boolean whole = world.pair().isWhole(() -> pause(random));
                if (!whole && grant.abandoned().isEmpty()) {
                    throw new IllegalStateException("read what was half written, under fence " + grant.fence());
                }
            }
        }
    },
    MEET {
        @Override
        void done(World world, Random random) throws InterruptedException {
            try {
                world.barrier().await(moment(random));
            } catch (BrokenBarrierException broken) {
                world.barrier().reset();
            }
        }
    };

    private static final int GETS = 3;
    private static final int MOST_USES = 8;
    private static final int LONGEST_WAIT_MILLIS = 120;
    private static final int LONGEST_PAUSE_MICROS = 20_000;

    abstract void done(World world, Random random) throws InterruptedException;

    /** Does it; that what it waits for does not come in time is usual. */
    final void tried(World world, Random random) throws InterruptedException {
        try {
            done(world, random);
        } catch (TimedOutException | EmptyException | FullException | BrokenBarrierException | KeeperSilentException inVain) {
            // Somebody else has it, or has died; or this process stood still.
        }
        pause(random);
    }

    private static void hold(Grant grant, Random random) {
        try (grant) {
            pause(random);
        }
    }

    /** As long as work takes; nobody relies on it. */
    static void pause(Random random) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MICROS)));
    }

    static Duration moment(Random random) {
        return Duration.ofMillis(random.nextInt(LONGEST_WAIT_MILLIS));
    }

    static World.Thing thing(Random random) {
        return new World.Thing(Procession.currentProcess().name(), random.nextLong());
    }
}
