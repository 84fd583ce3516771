package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Semaphore;

/** What semaphores and actors say to each other. A number of permits may be any: a bad one is refused by the semaphore. */
final class SemaphoreFamily implements Family<Semaphore.Command, Semaphore.Reply> {

    @Override
    public void command(Output out, Semaphore.Command command, Pieces pieces) {
        switch (command) {
            case Semaphore.Acquire acquire -> {
                out.writeByte(1);
                out.writeInt(acquire.permits());
                Pieces.timeout(out, acquire.timeout());
                pieces.ref(out, acquire.replyTo());
            }
            case Semaphore.Release release -> {
                out.writeByte(2);
                out.writeInt(release.permits());
                pieces.ref(out, release.replyTo());
            }
        }
    }

    @Override
    public Semaphore.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Semaphore.Acquire(in.readInt(), Pieces.timeout(in), pieces.ref(in));
            case 2 -> new Semaphore.Release(in.readInt(), pieces.ref(in));
            default -> throw unknown("command to a semaphore", tag);
        };
    }

    @Override
    public void reply(Output out, Semaphore.Reply reply, Pieces pieces) {
        switch (reply) {
            case Semaphore.Granted granted -> {
                out.writeByte(1);
                out.writeLong(granted.fence());
                out.writeInt(granted.permits());
            }
            case Semaphore.TimedOut late -> {
                out.writeByte(2);
                text(out, late.message());
            }
            case Semaphore.Released released -> out.writeByte(3);
            case Semaphore.Refused refused -> {
                out.writeByte(4);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public Semaphore.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Semaphore.Granted(in.readLong(), in.readInt());
            case 2 -> new Semaphore.TimedOut(text(in));
            case 3 -> new Semaphore.Released();
            case 4 -> new Semaphore.Refused(text(in), text(in));
            default -> throw unknown("reply of a semaphore", tag);
        };
    }
}
