package procession.wire;

import static procession.wire.Bytes.bytes;
import static procession.wire.Bytes.list;
import static procession.wire.Bytes.optional;
import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.HashMap;
import java.util.Map;
import procession.core.Carried;
import procession.core.Deadlock;
import procession.core.Hello;
import procession.core.Obituary;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Resource;
import procession.core.Snapshot;
import procession.core.Spec;

/** How the nouns of the core are written. */
final class CoreBytes {

    private CoreBytes() {}

    static void number(Output out, long number) {
        out.writeVarLong(number, true);
    }

    static long number(Input in) {
        return in.readVarLong(true);
    }

    static void owner(Output out, Owner owner) {
        number(out, owner.number());
    }

    static Owner owner(Input in) {
        return new Owner(number(in));
    }

    static void primitive(Output out, PrimitiveId id) {
        number(out, id.maker());
        number(out, id.number());
    }

    static PrimitiveId primitive(Input in) {
        return new PrimitiveId(number(in), number(in));
    }

    static void resource(Output out, Resource resource) {
        primitive(out, resource.primitive());
        out.writeByte(resource.end());
    }

    static Resource resource(Input in) {
        return new Resource(primitive(in), in.readByte());
    }

    static void spec(Output out, Spec spec) {
        switch (spec) {
            case Spec.Lock lock -> {
                out.writeByte(1);
                out.writeBoolean(lock.reentrant());
            }
            case Spec.Semaphore semaphore -> {
                out.writeByte(2);
                out.writeVarInt(semaphore.permits(), true);
                out.writeBoolean(semaphore.bounded());
            }
            case Spec.Event event -> out.writeByte(3);
            case Spec.Queue queue -> {
                out.writeByte(4);
                out.writeVarInt(queue.maxSize(), true);
                out.writeByte(queue.ability().ordinal());
            }
            case Spec.Pipe pipe -> {
                out.writeByte(5);
                out.writeBoolean(pipe.duplex());
                number(out, pipe.buffer());
            }
            case Spec.Barrier barrier -> {
                out.writeByte(6);
                out.writeVarInt(barrier.parties(), true);
                number(out, barrier.timeout());
            }
            case Spec.Latch latch -> {
                out.writeByte(7);
                out.writeVarInt(latch.count(), true);
            }
            case Spec.ReadWriteLock lock -> out.writeByte(8);
            case Spec.Counter counter -> {
                out.writeByte(9);
                out.writeLong(counter.initial());
            }
            case Spec.Cell cell -> out.writeByte(10);
            case Spec.SharedMap map -> out.writeByte(11);
        }
    }

    static Spec spec(Input in) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Spec.Lock(in.readBoolean());
            case 2 -> new Spec.Semaphore(in.readVarInt(true), in.readBoolean());
            case 3 -> new Spec.Event();
            case 4 -> new Spec.Queue(in.readVarInt(true), queueKind(in.readByte()));
            case 5 -> new Spec.Pipe(in.readBoolean(), number(in));
            case 6 -> new Spec.Barrier(in.readVarInt(true), number(in));
            case 7 -> new Spec.Latch(in.readVarInt(true));
            case 8 -> new Spec.ReadWriteLock();
            case 9 -> new Spec.Counter(in.readLong());
            case 10 -> new Spec.Cell();
            case 11 -> new Spec.SharedMap();
            default -> throw unknown("kind of primitive", tag);
        };
    }

    private static Spec.QueueKind queueKind(int ordinal) {
        var kinds = Spec.QueueKind.values();
        if (ordinal < 0 || ordinal >= kinds.length) {
            throw unknown("kind of queue", ordinal);
        }
        return kinds[ordinal];
    }

    static void carried(Output out, Carried carried) {
        resource(out, carried.resource());
        spec(out, carried.spec());
        optional(out, carried.name(), Bytes::text);
        optional(out, carried.aspect(), Bytes::text);
    }

    static Carried carried(Input in) {
        return new Carried(resource(in), spec(in), optional(in, Bytes::text), optional(in, Bytes::text));
    }

    static void payload(Output out, Payload payload) {
        out.writeByte(payload.codec());
        bytes(out, payload.bytes());
        list(out, payload.carried(), CoreBytes::carried);
    }

    static Payload payload(Input in) {
        return new Payload(in.readByte(), bytes(in), list(in, CoreBytes::carried));
    }

    static void obituary(Output out, Obituary obituary) {
        owner(out, obituary.owner());
        text(out, obituary.process());
        text(out, obituary.outcome());
        out.writeBoolean(obituary.orderly());
    }

    static Obituary obituary(Input in) {
        return new Obituary(owner(in), text(in), text(in), in.readBoolean());
    }

    /** A time, by a clock that may begin anywhere, below zero too. */
    private static void time(Output out, long nanos) {
        out.writeLong(nanos);
    }

    static void snapshot(Output out, Snapshot snapshot) {
        list(out, snapshot.holders(), (o, holder) -> {
            text(o, holder.process());
            number(o, holder.pid());
            number(o, holder.strand());
            number(o, holder.fence());
            o.writeVarInt(holder.units(), true);
            time(o, holder.since());
        });
        list(out, snapshot.waiters(), (o, waiter) -> {
            text(o, waiter.process());
            number(o, waiter.pid());
            number(o, waiter.strand());
            text(o, waiter.wants());
            time(o, waiter.since());
        });
        out.writeVarInt(snapshot.counts().size(), true);
        snapshot.counts().forEach((name, count) -> {
            text(out, name);
            number(out, count);
        });
        time(out, snapshot.at());
    }

    static Snapshot snapshot(Input in) {
        var holders = list(in, i -> new Snapshot.Holding(text(i), number(i), number(i), number(i), i.readVarInt(true), i.readLong()));
        var waiters = list(in, i -> new Snapshot.Queued(text(i), number(i), number(i), text(i), i.readLong()));
        Map<String, Long> counts = new HashMap<>();
        for (int left = in.readVarInt(true); left > 0; left--) {
            counts.put(text(in), number(in));
        }
        return new Snapshot(holders, waiters, counts, in.readLong());
    }

    static void deadlock(Output out, Deadlock deadlock) {
        list(out, deadlock.chain(), (o, wait) -> {
            text(o, wait.process());
            number(o, wait.pid());
            number(o, wait.strand());
            primitive(o, wait.lock());
            optional(o, wait.name(), Bytes::text);
            time(o, wait.since());
        });
        time(out, deadlock.found());
        time(out, deadlock.at());
    }

    static Deadlock deadlock(Input in) {
        return new Deadlock(list(in, i -> new Deadlock.Wait(text(i), number(i), number(i), primitive(i), optional(i, Bytes::text),
                i.readLong())), in.readLong(), in.readLong());
    }

    static void hello(Output out, Hello hello) {
        number(out, hello.parent());
        number(out, hello.child());
        text(out, hello.name());
        number(out, hello.pid());
        text(out, hello.startToken());
    }

    static Hello hello(Input in) {
        return new Hello(number(in), number(in), text(in), number(in), text(in));
    }
}
