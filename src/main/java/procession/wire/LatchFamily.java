package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.CountDownLatch;

/** What latches and actors say to each other. */
final class LatchFamily implements Family<CountDownLatch.Command, CountDownLatch.Reply> {

    @Override
    public void command(Output out, CountDownLatch.Command command, Pieces pieces) {
        switch (command) {
            case CountDownLatch.CountDown down -> {
                out.writeByte(1);
                out.writeVarInt(down.by(), false);
                pieces.ref(out, down.replyTo());
            }
            case CountDownLatch.GetCount get -> {
                out.writeByte(2);
                pieces.ref(out, get.replyTo());
            }
            case CountDownLatch.Await await -> {
                out.writeByte(3);
                Pieces.timeout(out, await.timeout());
                pieces.ref(out, await.replyTo());
            }
        }
    }

    @Override
    public CountDownLatch.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new CountDownLatch.CountDown(in.readVarInt(false), pieces.ref(in));
            case 2 -> new CountDownLatch.GetCount(pieces.ref(in));
            case 3 -> new CountDownLatch.Await(Pieces.timeout(in), pieces.ref(in));
            default -> throw unknown("command to a latch", tag);
        };
    }

    @Override
    public void reply(Output out, CountDownLatch.Reply reply, Pieces pieces) {
        switch (reply) {
            case CountDownLatch.CountedDown down -> out.writeByte(1);
            case CountDownLatch.Count count -> {
                out.writeByte(2);
                out.writeVarInt(count.count(), true);
            }
            case CountDownLatch.TimedOut late -> {
                out.writeByte(3);
                text(out, late.message());
            }
            case CountDownLatch.Refused refused -> {
                out.writeByte(4);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public CountDownLatch.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new CountDownLatch.CountedDown();
            case 2 -> new CountDownLatch.Count(in.readVarInt(true));
            case 3 -> new CountDownLatch.TimedOut(text(in));
            case 4 -> new CountDownLatch.Refused(text(in), text(in));
            default -> throw unknown("reply of a latch", tag);
        };
    }
}
