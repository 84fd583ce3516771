package procession.it.storm;

import java.util.List;
import procession.Barrier;
import procession.BoundedSemaphore;
import procession.Condition;
import procession.Event;
import procession.JoinableQueue;
import procession.Lock;
import procession.Procession;
import procession.Queue;
import procession.RLock;
import procession.ReadWriteLock;
import procession.Semaphore;
import procession.SimpleQueue;

/** What everyone in a storm uses, and the event that ends it. */
record World(
        Lock lock,
        List<Lock> desks,
        Condition changed,
        RLock tree,
        Semaphore permits,
        BoundedSemaphore bounded,
        Semaphore signals,
        Event gate,
        Queue<Thing> items,
        SimpleQueue<Thing> notes,
        JoinableQueue<Thing> jobs,
        Barrier barrier,
        ReadWriteLock pages,
        Pair pair,
        Semaphore arrivals,
        Event over) {

    private static final int PERMITS = 3;
    private static final int ROOM = 2;

    /** An item that says where it comes from. */
    record Thing(String from, long number) {}

    static World of(Procession run) {
        var lock = run.lock("lock");
        var desks = List.of(run.lock("desk-1"), run.lock("desk-2"), run.lock("desk-3"), run.rlock("desk-4"));
        return new World(lock, desks, lock.newCondition("changed"), run.rlock("tree"), run.semaphore("permits", PERMITS),
                run.boundedSemaphore("bounded", 2), run.semaphore("signals", 0).unowned(), run.event("gate"), run.queue("items", ROOM),
                run.simpleQueue("notes"), run.joinableQueue("jobs"), run.barrier("barrier", 2),
                run.readWriteLock("pages"), Pair.inAFile(), run.semaphore("arrivals", 0), run.event("over"));
    }
}
