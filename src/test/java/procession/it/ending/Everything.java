package procession.it.ending;

import procession.Connection;
import procession.Event;
import procession.JoinableQueue;
import procession.Lock;
import procession.Procession;
import procession.Queue;
import procession.RLock;
import procession.Semaphore;

/** What a process uses that is a holder, a waiter, a producer and a consumer, all at once; every process finds it by name. */
record Everything(
        Lock held,
        RLock tree,
        Semaphore permits,
        Lock wanted,
        Queue<Integer> full,
        Queue<String> lines,
        JoinableQueue<String> jobs,
        Queue<String> empty,
        Event told) {

    static final int ROOM = 2;
    static final int PERMITS = 2;

    static Everything of(Procession run) {
        return new Everything(run.lock("held"), run.rlock("tree"), run.semaphore("permits", PERMITS), run.lock("wanted"),
                run.queue("full", ROOM), run.queue("lines"), run.joinableQueue("jobs"), run.queue("empty"), run.event("told"));
    }

    /** The body of who is to end. */
    static void use(Connection sender, Ending ending) throws InterruptedException {
        var all = of(Procession.current());
        all.held.acquire();
        all.tree.acquire();
        all.tree.acquire();
        all.permits.acquire(PERMITS);
        all.jobs.getDelivery();
        all.lines.put("last words");
        sender.send("last message");
        all.waitInVain();
        ending.await(all.told);
    }

    private void waitInVain() throws InterruptedException {
        for (int number = 0; number < ROOM; number++) {
            full.put(number);
        }
        aside(() -> full.put(ROOM));
        aside(wanted::acquire);
        aside(empty::get);
    }

    /** Something that takes time, and fails when the process ends. */
    private interface Wait {
        void begin() throws Exception;
    }

    private static void aside(Wait wait) {
        var thread = new Thread(() -> {
            try {
                wait.begin();
            } catch (Exception ending) {
                // The process ends.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
