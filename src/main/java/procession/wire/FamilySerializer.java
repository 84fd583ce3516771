package procession.wire;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.NotSerializableException;
import procession.Barrier;
import procession.Cell;
import procession.Connection;
import procession.CountDownLatch;
import procession.Counter;
import procession.EncodingException;
import procession.Event;
import procession.Lock;
import procession.Queue;
import procession.ReadWriteLock;
import procession.Semaphore;
import procession.SharedMap;

/**
 * Writes what users' actors and primitives say to each other, so that references work on every node. A value that is put or sent stays
 * a {@link procession.core.Payload} on its way: it is decoded only by who gets it.
 *
 * <p>A value that cannot travel, or is too big for one message between nodes, is refused to its {@code replyTo} from here, since Akka
 * would drop the command without a word.
 */
public final class FamilySerializer extends SerializerWithStringManifest {

    private static final int IDENTIFIER = 7_316_002;
    private static final int FIRST_SIZE = 256;

    /** A frame of Artery is 256 KiB in reference.conf; what Akka puts around a message has to fit, too. */
    private static final int MOST = 240 * 1024;

    private static final LockFamily LOCK = new LockFamily();
    private static final SemaphoreFamily SEMAPHORE = new SemaphoreFamily();
    private static final EventFamily EVENT = new EventFamily();
    private static final QueueFamily QUEUE = new QueueFamily();
    private static final BarrierFamily BARRIER = new BarrierFamily();
    private static final ConnectionFamily CONNECTION = new ConnectionFamily();
    private static final LatchFamily LATCH = new LatchFamily();
    private static final ReadWriteLockFamily READ_WRITE_LOCK = new ReadWriteLockFamily();
    private static final CounterFamily COUNTER = new CounterFamily();
    private static final CellFamily CELL = new CellFamily();
    private static final SharedMapFamily MAP = new SharedMapFamily();

    private final ExtendedActorSystem system;

    /**
     * Made by Akka.
     *
     * @param system the actor system
     */
    public FamilySerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    /** Asked for when needed: serializers are made while the system is still starting. */
    private Pieces pieces() {
        return new Pieces(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return switch (message) {
            case Lock.Command c -> "LC";
            case Lock.Reply r -> "LR";
            case Semaphore.Command c -> "SC";
            case Semaphore.Reply r -> "SR";
            case Event.Command c -> "EC";
            case Event.Reply r -> "ER";
            case Queue.Command c -> "QC";
            case Queue.Reply r -> "QR";
            case Barrier.Command c -> "BC";
            case Barrier.Reply r -> "BR";
            case Connection.Command c -> "CC";
            case Connection.Reply r -> "CR";
            case CountDownLatch.Command c -> "DC";
            case CountDownLatch.Reply r -> "DR";
            case ReadWriteLock.Command c -> "WC";
            case ReadWriteLock.Reply r -> "WR";
            case Counter.Command c -> "NC";
            case Counter.Reply r -> "NR";
            case Cell.Command c -> "VC";
            case Cell.Reply r -> "VR";
            case SharedMap.Command c -> "MC";
            case SharedMap.Reply r -> "MR";
            case Forwarded f -> "F";
            default -> throw new IllegalArgumentException("No family has a " + message.getClass().getName());
        };
    }

    @Override
    public byte[] toBinary(Object message) {
        var out = new Output(FIRST_SIZE, -1);
        try {
            write(out, message);
        } catch (EncodingException cannotTravel) {
            refuse(message, "encoding", cannotTravel.getMessage());
            throw cannotTravel;
        } catch (IllegalArgumentException noKey) {
            refuse(message, "bad-argument", noKey.getMessage());
            throw noKey;
        }
        if (out.position() > MOST) {
            var why = "It takes " + out.position() + " bytes, and a message between nodes at most " + MOST
                    + "; put or send it through a handle, which cuts it into pieces.";
            refuse(message, "too-big", why);
            throw new EncodingException(why);
        }
        return out.toBytes();
    }

    private void write(Output out, Object message) {
        var pieces = pieces();
        switch (message) {
            case Lock.Command command -> LOCK.command(out, command, pieces);
            case Lock.Reply reply -> LOCK.reply(out, reply, pieces);
            case Semaphore.Command command -> SEMAPHORE.command(out, command, pieces);
            case Semaphore.Reply reply -> SEMAPHORE.reply(out, reply, pieces);
            case Event.Command command -> EVENT.command(out, command, pieces);
            case Event.Reply reply -> EVENT.reply(out, reply, pieces);
            case Queue.Command command -> QUEUE.command(out, command, pieces);
            case Queue.Reply reply -> QUEUE.reply(out, reply, pieces);
            case Barrier.Command command -> BARRIER.command(out, command, pieces);
            case Barrier.Reply reply -> BARRIER.reply(out, reply, pieces);
            case Connection.Command command -> CONNECTION.command(out, command, pieces);
            case Connection.Reply reply -> CONNECTION.reply(out, reply, pieces);
            case CountDownLatch.Command command -> LATCH.command(out, command, pieces);
            case CountDownLatch.Reply reply -> LATCH.reply(out, reply, pieces);
            case ReadWriteLock.Command command -> READ_WRITE_LOCK.command(out, command, pieces);
            case ReadWriteLock.Reply reply -> READ_WRITE_LOCK.reply(out, reply, pieces);
            case Counter.Command command -> COUNTER.command(out, command, pieces);
            case Counter.Reply reply -> COUNTER.reply(out, reply, pieces);
            case Cell.Command command -> CELL.command(out, command, pieces);
            case Cell.Reply reply -> CELL.reply(out, reply, pieces);
            case SharedMap.Command command -> MAP.command(out, command, pieces);
            case SharedMap.Reply reply -> MAP.reply(out, reply, pieces);
            case Forwarded forwarded -> {
                CoreBytes.carried(out, forwarded.to());
                Bytes.text(out, manifest(forwarded.command()));
                write(out, forwarded.command());
            }
            default -> throw new IllegalArgumentException("No family has a " + message.getClass().getName());
        }
    }

    private static void refuse(Object message, String code, String why) {
        switch (message) {
            case Queue.Put put -> put.replyTo().tell(new Queue.Refused(code, why));
            case Connection.Send send -> send.replyTo().tell(new Connection.Refused(code, why));
            case Cell.Set set -> set.replyTo().tell(new Cell.Refused(code, why));
            case Cell.CompareAndSet compare -> compare.replyTo().tell(new Cell.Refused(code, why));
            case SharedMap.Put put -> put.replyTo().tell(new SharedMap.Refused(code, why));
            case SharedMap.CompareAndSet compare -> compare.replyTo().tell(new SharedMap.Refused(code, why));
            case SharedMap.Get get -> get.replyTo().tell(new SharedMap.Refused(code, why));
            case SharedMap.Remove remove -> remove.replyTo().tell(new SharedMap.Refused(code, why));
            case SharedMap.AwaitChange await -> await.replyTo().tell(new SharedMap.Refused(code, why));
            case Forwarded forwarded -> refuse(forwarded.command(), code, why);
            default -> { } // Nothing else carries a user's value and waits for an answer.
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        var in = new GuardedInput(bytes);
        try {
            return MessageSerializer.complete(in, manifest.equals("F") ? forwarded(in) : read(in, manifest));
        } catch (RuntimeException broken) {
            throw new NotSerializableException("a message " + manifest + " is broken: " + broken.getMessage());
        }
    }

    private Forwarded forwarded(Input in) {
        return new Forwarded(CoreBytes.carried(in), read(in, Bytes.text(in)));
    }

    private Object read(Input in, String manifest) {
        var pieces = pieces();
        return switch (manifest) {
            case "LC" -> LOCK.command(in, pieces);
            case "LR" -> LOCK.reply(in, pieces);
            case "SC" -> SEMAPHORE.command(in, pieces);
            case "SR" -> SEMAPHORE.reply(in, pieces);
            case "EC" -> EVENT.command(in, pieces);
            case "ER" -> EVENT.reply(in, pieces);
            case "QC" -> QUEUE.command(in, pieces);
            case "QR" -> QUEUE.reply(in, pieces);
            case "BC" -> BARRIER.command(in, pieces);
            case "BR" -> BARRIER.reply(in, pieces);
            case "CC" -> CONNECTION.command(in, pieces);
            case "CR" -> CONNECTION.reply(in, pieces);
            case "DC" -> LATCH.command(in, pieces);
            case "DR" -> LATCH.reply(in, pieces);
            case "WC" -> READ_WRITE_LOCK.command(in, pieces);
            case "WR" -> READ_WRITE_LOCK.reply(in, pieces);
            case "NC" -> COUNTER.command(in, pieces);
            case "NR" -> COUNTER.reply(in, pieces);
            case "VC" -> CELL.command(in, pieces);
            case "VR" -> CELL.reply(in, pieces);
            case "MC" -> MAP.command(in, pieces);
            case "MR" -> MAP.reply(in, pieces);
            default -> throw new IllegalArgumentException("its kind is unknown");
        };
    }
}
