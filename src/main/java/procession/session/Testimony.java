package procession.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/** What a session tells its witness: only of calls of primitives, and of each end once. */
final class Testimony {

    private final Witness witness;
    private volatile Owner owner;
    private int beingHandedOver;
    private long lastLent;

    Testimony(Witness witness) {
        this.witness = witness;
    }

    /** Nothing is sent before the process has its number. */
    void welcomed(Owner number) {
        owner = number;
    }

    void sending(long number, Sent sent) {
        if (sent.request() instanceof Request.Operate operate) {
            witness.invoked(owner, number, sent, operate);
        }
    }

    /** A lock that is lent was granted here: told as a call of its own, whose numbers are below zero. */
    void acquiredLent(PrimitiveId lock, long strand, Reply.Granted grant) {
        long number = --lastLent;
        witness.invoked(owner, number, new Sent(strand, Sent.FOR_EVER, false, null), new Request.Operate(lock, new Command.AcquireLock()));
        witness.returned(owner, number, grant);
    }

    void releasedLent(PrimitiveId lock, long strand, long fence) {
        witness.invoked(owner, --lastLent, new Sent(strand, Sent.FOR_EVER, true, null),
                new Request.Operate(lock, new Command.ReleaseLock(fence)));
    }

    void met(Carried carried) {
        carried.name().ifPresent(name -> witness.met(carried.resource().primitive(), name));
    }

    /** The end of a call is on its way to its caller. It may be there already. */
    synchronized void onItsWay(Call call) {
        if (isOfPrimitive(call)) {
            beingHandedOver++;
            notifyAll();
        }
    }

    /** A caller is about to learn how its call ended. That the run has ended is told by who ends it. */
    void handingOver(Call call, Call.End end, boolean interrupted) {
        if (!isOfPrimitive(call)) {
            return;
        }
        switch (end) {
            case Call.Replied(Reply.TimedOut late) when interrupted -> witness.returned(owner, call.number, Witness.Ending.WITHDRAWN);
            case Call.Replied(var reply) -> witness.returned(owner, call.number, reply);
            case Call.KeeperSilent silence -> witness.returned(owner, call.number, Witness.Ending.KEEPER_SILENT);
            case Call.Abandoned abandoned -> {
                return;
            }
            case Call.SessionEnded over -> {
                return;
            }
        }
        synchronized (this) {
            beingHandedOver--;
            notifyAll();
        }
    }

    void ended(Call call, Witness.Ending how) {
        if (isOfPrimitive(call)) {
            witness.returned(owner, call.number, how);
        }
    }

    private static boolean isOfPrimitive(Call call) {
        return call.request instanceof Request.Operate;
    }

    /** Waits until what has ended has been told. */
    synchronized void awaitTold(Duration timeout) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); beingHandedOver > 0 && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
