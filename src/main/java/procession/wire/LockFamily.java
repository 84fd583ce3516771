package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Lock;
import procession.Predecessor;

/** What locks and actors say to each other. */
final class LockFamily implements Family<Lock.Command, Lock.Reply> {

    @Override
    public void command(Output out, Lock.Command command, Pieces pieces) {
        switch (command) {
            case Lock.Acquire acquire -> {
                out.writeByte(1);
                Pieces.timeout(out, acquire.timeout());
                pieces.ref(out, acquire.replyTo());
            }
            case Lock.Release release -> {
                out.writeByte(2);
                out.writeLong(release.fence());
                pieces.ref(out, release.replyTo());
            }
            case Lock.Await await -> {
                out.writeByte(3);
                text(out, await.condition());
                out.writeLong(await.fence());
                Pieces.timeout(out, await.timeout());
                pieces.ref(out, await.replyTo());
            }
            case Lock.Signal signal -> {
                out.writeByte(4);
                text(out, signal.condition());
                out.writeLong(signal.fence());
                out.writeVarInt(signal.waiters(), false);
                pieces.ref(out, signal.replyTo());
            }
            case Lock.Break breaking -> {
                out.writeByte(5);
                pieces.ref(out, breaking.replyTo());
            }
        }
    }

    @Override
    public Lock.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Lock.Acquire(Pieces.timeout(in), pieces.ref(in));
            case 2 -> new Lock.Release(in.readLong(), pieces.ref(in));
            case 3 -> new Lock.Await(text(in), in.readLong(), Pieces.timeout(in), pieces.ref(in));
            case 4 -> new Lock.Signal(text(in), in.readLong(), in.readVarInt(false), pieces.ref(in));
            case 5 -> new Lock.Break(pieces.ref(in));
            default -> throw unknown("command to a lock", tag);
        };
    }

    @Override
    public void reply(Output out, Lock.Reply reply, Pieces pieces) {
        switch (reply) {
            case Lock.Granted granted -> {
                out.writeByte(1);
                out.writeLong(granted.fence());
                Bytes.optional(out, granted.abandoned(), LockFamily::predecessor);
            }
            case Lock.Resumed resumed -> {
                out.writeByte(5);
                out.writeLong(resumed.fence());
                Bytes.optional(out, resumed.abandoned(), LockFamily::predecessor);
                out.writeBoolean(resumed.signalled());
            }
            case Lock.Signalled signalled -> out.writeByte(6);
            case Lock.Broken broken -> out.writeByte(7);
            case Lock.TimedOut late -> {
                out.writeByte(2);
                text(out, late.message());
            }
            case Lock.Released released -> out.writeByte(3);
            case Lock.Refused refused -> {
                out.writeByte(4);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    private static void predecessor(Output out, Predecessor predecessor) {
        text(out, predecessor.process());
        text(out, predecessor.outcome());
    }

    @Override
    public Lock.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Lock.Granted(in.readLong(), Bytes.optional(in, i -> new Predecessor(text(i), text(i))));
            case 2 -> new Lock.TimedOut(text(in));
            case 3 -> new Lock.Released();
            case 4 -> new Lock.Refused(text(in), text(in));
            case 5 -> new Lock.Resumed(in.readLong(), Bytes.optional(in, i -> new Predecessor(text(i), text(i))), in.readBoolean());
            case 6 -> new Lock.Signalled();
            case 7 -> new Lock.Broken();
            default -> throw unknown("reply of a lock", tag);
        };
    }
}
