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
import procession.core.Hello;
import procession.core.Obituary;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Resource;
import procession.core.Spec;
import procession.core.Ticket;
import procession.core.View;

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
            }
            case Spec.Event event -> out.writeByte(3);
            case Spec.Queue queue -> {
                out.writeByte(4);
                out.writeVarInt(queue.maxSize(), true);
                out.writeBoolean(queue.joinable());
            }
            case Spec.Pipe pipe -> {
                out.writeByte(5);
                out.writeBoolean(pipe.duplex());
                number(out, pipe.buffer());
            }
        }
    }

    static Spec spec(Input in) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Spec.Lock(in.readBoolean());
            case 2 -> new Spec.Semaphore(in.readVarInt(true));
            case 3 -> new Spec.Event();
            case 4 -> new Spec.Queue(in.readVarInt(true), in.readBoolean());
            case 5 -> new Spec.Pipe(in.readBoolean(), number(in));
            default -> throw unknown("kind of primitive", tag);
        };
    }

    static void carried(Output out, Carried carried) {
        resource(out, carried.resource());
        spec(out, carried.spec());
        optional(out, carried.name(), Bytes::text);
        optional(out, carried.condition(), Bytes::text);
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
    }

    static Obituary obituary(Input in) {
        return new Obituary(owner(in), text(in), text(in));
    }

    static void ticket(Output out, Ticket ticket) {
        owner(out, ticket.owner());
        number(out, ticket.strand());
        number(out, ticket.id());
    }

    static Ticket ticket(Input in) {
        return new Ticket(owner(in), number(in), number(in));
    }

    static void view(Output out, View view) {
        list(out, view.holds(), (o, hold) -> {
            owner(o, hold.owner());
            number(o, hold.strand());
            number(o, hold.fence());
            o.writeVarInt(hold.units(), true);
            number(o, hold.since());
        });
        list(out, view.waiting(), CoreBytes::ticket);
        list(out, view.sleeping(), CoreBytes::ticket);
        out.writeVarInt(view.counts().size(), true);
        view.counts().forEach((name, count) -> {
            text(out, name);
            number(out, count);
        });
    }

    static View view(Input in) {
        var holds = list(in, i -> new View.Hold(owner(i), number(i), number(i), i.readVarInt(true), number(i)));
        var waiting = list(in, CoreBytes::ticket);
        var sleeping = list(in, CoreBytes::ticket);
        Map<String, Long> counts = new HashMap<>();
        for (int left = in.readVarInt(true); left > 0; left--) {
            counts.put(text(in), number(in));
        }
        return new View(holds, waiting, sleeping, counts);
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
