package procession.session;

import akka.actor.typed.ActorRef;
import procession.Barrier;
import procession.Cell;
import procession.Connection;
import procession.CountDownLatch;
import procession.Counter;
import procession.Event;
import procession.Lock;
import procession.Queue;
import procession.ReadWriteLock;
import procession.Semaphore;
import procession.SharedMap;

/** Where handles get their actors from: see {@link Lock#ref()}. */
interface Agents {

    ActorRef<Lock.Command> lock(LockHandle lock);

    ActorRef<Semaphore.Command> semaphore(SemaphoreHandle semaphore);

    ActorRef<Event.Command> event(EventHandle event);

    ActorRef<Queue.Command> queue(SimpleQueueHandle<?> queue);

    ActorRef<Barrier.Command> barrier(BarrierHandle barrier);

    ActorRef<Connection.Command> connection(ConnectionHandle connection);

    ActorRef<CountDownLatch.Command> latch(CountDownLatchHandle latch);

    ActorRef<ReadWriteLock.Command> readWriteLock(ReadWriteLockHandle lock);

    ActorRef<Counter.Command> counter(CounterHandle counter);

    ActorRef<Cell.Command> cell(CellHandle<?> cell);

    ActorRef<SharedMap.Command> map(SharedMapHandle<?, ?> map);
}
