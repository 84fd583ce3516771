package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Predecessor;
import procession.ReadWriteLock;

/** What read-write locks and actors say to each other. */
final class ReadWriteLockFamily implements Family<ReadWriteLock.Command, ReadWriteLock.Reply> {

    @Override
    public void command(Output out, ReadWriteLock.Command command, Pieces pieces) {
        switch (command) {
            case ReadWriteLock.AcquireRead read -> {
                out.writeByte(1);
                Pieces.timeout(out, read.timeout());
                pieces.ref(out, read.replyTo());
            }
            case ReadWriteLock.AcquireWrite write -> {
                out.writeByte(2);
                Pieces.timeout(out, write.timeout());
                pieces.ref(out, write.replyTo());
            }
            case ReadWriteLock.Release release -> {
                out.writeByte(3);
                out.writeLong(release.fence());
                pieces.ref(out, release.replyTo());
            }
        }
    }

    @Override
    public ReadWriteLock.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new ReadWriteLock.AcquireRead(Pieces.timeout(in), pieces.ref(in));
            case 2 -> new ReadWriteLock.AcquireWrite(Pieces.timeout(in), pieces.ref(in));
            case 3 -> new ReadWriteLock.Release(in.readLong(), pieces.ref(in));
            default -> throw unknown("command to a read-write lock", tag);
        };
    }

    @Override
    public void reply(Output out, ReadWriteLock.Reply reply, Pieces pieces) {
        switch (reply) {
            case ReadWriteLock.Granted granted -> {
                out.writeByte(1);
                out.writeLong(granted.fence());
                Bytes.optional(out, granted.abandoned(), (to, who) -> {
                    text(to, who.process());
                    text(to, who.outcome());
                });
            }
            case ReadWriteLock.TimedOut late -> {
                out.writeByte(2);
                text(out, late.message());
            }
            case ReadWriteLock.Released released -> out.writeByte(3);
            case ReadWriteLock.Refused refused -> {
                out.writeByte(4);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public ReadWriteLock.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new ReadWriteLock.Granted(in.readLong(), Bytes.optional(in, i -> new Predecessor(text(i), text(i))));
            case 2 -> new ReadWriteLock.TimedOut(text(in));
            case 3 -> new ReadWriteLock.Released();
            case 4 -> new ReadWriteLock.Refused(text(in), text(in));
            default -> throw unknown("reply of a read-write lock", tag);
        };
    }
}
