package procession.wire;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import procession.Barrier;
import procession.Cell;
import procession.Connection;
import procession.CountDownLatch;
import procession.Counter;
import procession.Event;
import procession.Lock;
import procession.Predecessor;
import procession.Queue;
import procession.ReadWriteLock;
import procession.Semaphore;
import procession.SharedMap;
import procession.core.Answered;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Deadlock;
import procession.core.Frame;
import procession.core.Hello;
import procession.core.Obituary;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Snapshot;
import procession.core.Spec;

/** At least one of every message that crosses between nodes, with values at the edges. */
final class MessageSamples {

    static final PrimitiveId ID = new PrimitiveId(3, Long.MAX_VALUE);
    static final Resource END = new Resource(ID, 2);
    static final List<Spec> SPECS = List.of(new Spec.Lock(false), new Spec.Lock(true), new Spec.Semaphore(Integer.MAX_VALUE, false), new Spec.Semaphore(0, true), new Spec.Event(), new Spec.Barrier(3, Sent.FOR_EVER), new Spec.Barrier(1, 1), new Spec.Counter(-3), new Spec.Cell(), new Spec.SharedMap(),
            new Spec.Queue(0, Spec.QueueKind.SIMPLE),
            new Spec.Queue(0, Spec.QueueKind.PLAIN), new Spec.Queue(7, Spec.QueueKind.JOINABLE), new Spec.Pipe(true, 1 << 20), new Spec.Pipe(false, Long.MAX_VALUE),
            new Spec.Latch(0), new Spec.Latch(Integer.MAX_VALUE), new Spec.ReadWriteLock());
    static final Payload PAYLOAD = new Payload(1, new byte[] {0, -1, 127, -128},
            SPECS.stream().map(spec -> new Carried(END, spec, spec instanceof Spec.Lock ? Optional.of("näme ☃") : Optional.empty())).toList());

    static final Payload KEY = new Payload(2, new byte[] {5, 6}, List.of());

    static final List<Command> COMMANDS = List.of(new Command.AcquireLock(), new Command.ReleaseLock(Long.MAX_VALUE),
            new Command.AcquirePermits(Integer.MAX_VALUE, true), new Command.ReleasePermits(2, 0, true), new Command.SetEvent(),
            new Command.ClearEvent(), new Command.AwaitEvent(), new Command.Put(PAYLOAD), new Command.Put(Payload.NONE), new Command.Get(),
            new Command.KeepLock(12), new Command.ClaimLock(13, 2, -5, true), new Command.ClaimLock(1L << 40, 1, Long.MAX_VALUE, false),
            new Command.ReturnLoan(14), new Command.TaskDone(0), new Command.JoinQueue(), new Command.Send(1, PAYLOAD), new Command.Receive(2), new Command.Poll(1),
            new Command.GiveBack(9), new Command.ReturnLock(3), new Command.AwaitCondition("#3.1", 9, 4), new Command.Signal("näme", 9, -1),
            new Command.BreakLock("", ""), new Command.TaskDone(Long.MAX_VALUE), new Command.ShutDown(),
            new Command.CloseWhenGone(List.of(0L, 7L), List.of()), new Command.ReadDeadLetter(9), new Command.RemoveDeadLetter(9),
            new Command.AwaitBarrier(true), new Command.AwaitBarrier(false), new Command.ActionEnded(4, Optional.of("it failed")),
            new Command.ActionEnded(4, Optional.empty()), new Command.AbortBarrier(""), new Command.ResetBarrier(""),
            new Command.AcquirePermits(1, false), new Command.ReleasePermits(1, 0, false),
            new Command.PutAll(List.of(PAYLOAD)), new Command.PutAll(List.of(Payload.NONE, PAYLOAD)), new Command.GetSome(Integer.MAX_VALUE),
            new Command.SendAll(1, List.of(PAYLOAD, Payload.NONE, PAYLOAD)), new Command.ReceiveSome(2, 1), new Command.Consumed(9, 300),
            new Command.CountDown(Integer.MAX_VALUE), new Command.AwaitLatch(), new Command.AcquireRead(), new Command.AcquireWrite(),
            new Command.ReleaseReadWrite(Long.MAX_VALUE), new Command.ReturnReadWrite(3),
            new Command.PollQueue(),
            new Command.AddToCounter(Long.MIN_VALUE), new Command.SetCounter(-4, Optional.empty()), new Command.SetCounter(4, Optional.of(-1L)),
            new Command.AwaitCounter(-9), new Command.ReadValue(Payload.NONE), new Command.WriteValue(KEY, PAYLOAD, Command.WriteValue.ANY, true),
            new Command.WriteValue(Payload.NONE, Payload.NONE, Long.MAX_VALUE, false), new Command.AwaitValue(KEY, 7), new Command.ClearMap(),
            new Command.ReadMap(), new Command.ReadMore(300), new Command.AwaitMap(0));

    static final List<Request> REQUESTS = Stream.<Request>concat(
            COMMANDS.stream().map(command -> new Request.Operate(ID, command)),
            Stream.of(new Request.Inspect(ID, true), new Request.FindDeadlocks(), new Request.Leave(), new Request.Create(1, SPECS.get(5)), new Request.Open("a name", SPECS.get(0), true),
                    new Request.Withdraw(12), new Request.Drop(END, 3), new Request.Spawn(4, "client-4", PAYLOAD),
                    new Request.Ended(4, "killed by SIGKILL", false), new Request.Report(PAYLOAD))).toList();

    static final List<Reply> REPLIES = Stream.<Reply>concat(
            SPECS.stream().map(spec -> new Reply.Opened(ID, spec)),
            Stream.of(new Reply.Granted(Long.MAX_VALUE, 1, Optional.empty()), new Reply.Granted(7, 1, Optional.empty(), 1L << 33),
                    new Reply.CalledIn(new PrimitiveId(3, 4)),
                    new Reply.Granted(1, 5, Optional.of(new Obituary(new Owner(8), "client-8", "exit 1", false))), new Reply.Done(),
                    new Reply.Resumed(7, 2, Optional.of(new Obituary(new Owner(8), "client-8", "exit 1", false)), true),
                    new Reply.Resumed(7, 1, Optional.empty(), false), new Reply.Item(PAYLOAD, 3),
                    new Reply.Items(List.of(new Reply.Item(PAYLOAD, 0))),
                    new Reply.Items(List.of(new Reply.Item(Payload.NONE, 2), new Reply.Item(PAYLOAD, 0))), new Reply.Ready(), new Reply.EndOfStream(), new Reply.TimedOut(""),
                    new Reply.Refused("code", "a message"), new Reply.Settled(Payload.NONE),
                    new Reply.Viewed(new Snapshot(List.of(new Snapshot.Holding("client-1", 7, 5, 6, 7, -8)),
                            List.of(new Snapshot.Queued("client-2", 8, 0, "to acquire it", Long.MIN_VALUE)), Map.of("size", 3L, "full", 1L), -3)),
                    new Reply.DeadLetter(5, 4, new Obituary(new Owner(8), "client-8", "exit 1", false), PAYLOAD), new Reply.Passed(0),
                    new Reply.Act(2), new Reply.Counted(-3, true), new Reply.Value(0, Payload.NONE), new Reply.Value(9, PAYLOAD),
                    new Reply.Stored(1L << 40), new Reply.Entries(0, List.of(), false),
                    new Reply.Entries(4, List.of(new Reply.Entry(KEY, PAYLOAD, 3)), true),
                    new Reply.Entries(4, List.of(new Reply.Entry(Payload.NONE, PAYLOAD, 3), new Reply.Entry(KEY, Payload.NONE, 1)), true),
                    new Reply.Deadlocks(List.of()), new Reply.Deadlocks(List.of(new Deadlock(List.of(
                            new Deadlock.Wait("client-1", 7, 31, ID, Optional.of("näme"), -9),
                            new Deadlock.Wait("client-2", 8, 1, ID, Optional.empty(), 9)), 1, 2))))).toList();

    private MessageSamples() {}

    static List<Frame.Element<Sent>> elements() {
        var elements = new ArrayList<Frame.Element<Sent>>();
        REQUESTS.forEach(request -> elements.add(new Frame.Whole<>(new Sent(44, Sent.FOR_EVER, false, request), false)));
        elements.add(new Frame.Whole<>(new Sent(0, -1, true, REQUESTS.get(0)), true));
        elements.add(new Frame.Fragment<>(new byte[] {1, 2, 3}));
        return elements;
    }

    static List<ToKeeper> toKeeper(ActorRef<ToSession> session) {
        return List.of(
                new ToKeeper.SayHello(new Hello(0, 0, "MainProcess", 1, "token"), session),
                new ToKeeper.SayHello(new Hello(5, 6, "Process-1:2", Long.MAX_VALUE, ""), session),
                new ToKeeper.Upward(new Owner(1), new Frame<>(0, 0, 1, List.of())),
                new ToKeeper.Upward(new Owner(Long.MAX_VALUE), new Frame<>(1, 2, 3, elements())));
    }

    static List<ToSession> toSession() {
        var answers = REPLIES.stream().map(reply -> (Frame.Element<Answered>) new Frame.Whole<>(new Answered(17, reply), false)).toList();
        return List.of(
                new ToSession.Welcomed(new Owner(12)),
                new ToSession.TurnedAway(),
                new ToSession.RunOver(),
                new ToSession.Downward(new Frame<>(Long.MAX_VALUE, 0, 9, answers)));
    }

    /** What comes back as it was. What is put or sent is an item, and comes as its payload: see {@link #given}. */
    static <T> List<Object> family(ActorRef<T> anyone, Object item) {
        var forEver = Optional.<Duration>empty();
        var soon = Optional.of(Duration.ofSeconds(-3, 999_999_999));
        return List.of(
                new Lock.Acquire(forEver, anyone.unsafeUpcast()), new Lock.Acquire(soon, anyone.unsafeUpcast()),
                new Lock.Release(Long.MAX_VALUE, anyone.unsafeUpcast()), new Lock.Await("full", 3, soon, anyone.unsafeUpcast()),
                new Lock.Signal("full", 3, Integer.MAX_VALUE, anyone.unsafeUpcast()), new Lock.Break(anyone.unsafeUpcast()),
                new Lock.Resumed(9, Optional.of(new Predecessor("client-1", "exit 1")), true), new Lock.Signalled(), new Lock.Broken(),
                new Lock.Granted(5, Optional.empty()), new Lock.Granted(-1, Optional.of(new Predecessor("client-1", "exit 1"))),
                new Lock.TimedOut("late"), new Lock.Released(), new Lock.Refused("code", "why"),
                new Semaphore.Acquire(-1, soon, anyone.unsafeUpcast()), new Semaphore.Release(Integer.MAX_VALUE, anyone.unsafeUpcast()),
                new Semaphore.Granted(7, 3), new Semaphore.TimedOut(""), new Semaphore.Released(), new Semaphore.Refused("code", "why"),
                new Event.Set(anyone.unsafeUpcast()), new Event.Clear(anyone.unsafeUpcast()), new Event.IsSet(anyone.unsafeUpcast()),
                new Event.Await(soon, anyone.unsafeUpcast()), new Event.Done(), new Event.Level(true), new Event.Level(false),
                new Event.TimedOut(), new Event.Refused("code", "why"),
                new Queue.Get(soon, anyone.unsafeUpcast()), new Queue.TaskDone(anyone.unsafeUpcast()), new Queue.TaskDone(7, anyone.unsafeUpcast()),
                new Queue.Join(forEver, anyone.unsafeUpcast()), new Queue.Size(anyone.unsafeUpcast()), new Queue.Accepted(),
                new Queue.Item(item, Long.MAX_VALUE, 2), new Queue.Ended(), new Queue.ShutDown(anyone.unsafeUpcast()), new Queue.Done(), new Queue.Depth(3), new Queue.TimedOut("late"), new Queue.Refused("code", "why"),
                new Barrier.Await(soon, anyone.unsafeUpcast()), new Barrier.Abort(anyone.unsafeUpcast()), new Barrier.Reset(anyone.unsafeUpcast()),
                new Barrier.Passed(2), new Barrier.Broken("why"), new Barrier.Done(), new Barrier.Refused("code", "why"),
                new Connection.Receive(forEver, anyone.unsafeUpcast()), new Connection.Accepted(), new Connection.Message(item),
                new Connection.EndOfStream(), new Connection.TimedOut("late"), new Connection.Refused("code", "why"),
                new CountDownLatch.CountDown(-1, anyone.unsafeUpcast()), new CountDownLatch.GetCount(anyone.unsafeUpcast()),
                new CountDownLatch.Await(soon, anyone.unsafeUpcast()), new CountDownLatch.CountedDown(), new CountDownLatch.Count(3),
                new CountDownLatch.TimedOut("late"), new CountDownLatch.Refused("code", "why"),
                new ReadWriteLock.AcquireRead(soon, anyone.unsafeUpcast()), new ReadWriteLock.AcquireWrite(forEver, anyone.unsafeUpcast()),
                new ReadWriteLock.Release(Long.MAX_VALUE, anyone.unsafeUpcast()), new ReadWriteLock.Granted(5, Optional.empty()),
                new ReadWriteLock.Granted(-1, Optional.of(new Predecessor("client-1", "exit 1"))), new ReadWriteLock.TimedOut("late"),
                new ReadWriteLock.Released(), new ReadWriteLock.Refused("code", "why"),
                new Counter.Get(anyone.unsafeUpcast()), new Counter.Set(-1, anyone.unsafeUpcast()), new Counter.Add(2, anyone.unsafeUpcast()),
                new Counter.CompareAndSet(-1, 2, anyone.unsafeUpcast()), new Counter.AwaitAtLeast(3, soon, anyone.unsafeUpcast()),
                new Counter.Value(-1), new Counter.Compared(true, 4), new Counter.TimedOut("late"), new Counter.Refused("code", "why"),
                new Cell.Get(anyone.unsafeUpcast()), new Cell.AwaitChange(4, soon, anyone.unsafeUpcast()), new Cell.Value(item, 3),
                new Cell.Stored(4), new Cell.TimedOut(), new Cell.Refused("code", "why"),
                new SharedMap.Size(anyone.unsafeUpcast()), new SharedMap.Value(Optional.of(item), 3), new SharedMap.Value(Optional.empty(), 0),
                new SharedMap.Stored(4), new SharedMap.Count(3), new SharedMap.TimedOut(), new SharedMap.Refused("code", "why"));
    }

    /** What gives a value to a primitive. */
    static <T> List<Object> given(ActorRef<T> anyone, Object item) {
        return List.of(new Queue.Put(item, Optional.empty(), anyone.unsafeUpcast()),
                new Connection.Send(item, Optional.of(Duration.ZERO), anyone.unsafeUpcast()),
                new Cell.Set(item, anyone.unsafeUpcast()), new Cell.CompareAndSet(3, item, anyone.unsafeUpcast()),
                new SharedMap.Get(item, anyone.unsafeUpcast()), new SharedMap.Put(item, item, anyone.unsafeUpcast()),
                new SharedMap.Remove(item, anyone.unsafeUpcast()), new SharedMap.CompareAndSet(item, 3, item, anyone.unsafeUpcast()),
                new SharedMap.AwaitChange(item, 3, Optional.of(Duration.ZERO), anyone.unsafeUpcast()));
    }

    /** The records of a sealed family, however deep. */
    static Set<Class<?>> leaves(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? leaves(type).stream() : Stream.of(type))
                .collect(Collectors.toSet());
    }
}
