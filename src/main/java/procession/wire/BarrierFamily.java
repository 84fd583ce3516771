package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Barrier;

/** What barriers and actors say to each other. */
final class BarrierFamily implements Family<Barrier.Command, Barrier.Reply> {

    @Override
    public void command(Output out, Barrier.Command command, Pieces pieces) {
        switch (command) {
            case Barrier.Await await -> {
                out.writeByte(1);
                Pieces.timeout(out, await.timeout());
                pieces.ref(out, await.replyTo());
            }
            case Barrier.Abort abort -> {
                out.writeByte(2);
                pieces.ref(out, abort.replyTo());
            }
            case Barrier.Reset reset -> {
                out.writeByte(3);
                pieces.ref(out, reset.replyTo());
            }
        }
    }

    @Override
    public Barrier.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Barrier.Await(Pieces.timeout(in), pieces.ref(in));
            case 2 -> new Barrier.Abort(pieces.ref(in));
            case 3 -> new Barrier.Reset(pieces.ref(in));
            default -> throw unknown("command to a barrier", tag);
        };
    }

    @Override
    public void reply(Output out, Barrier.Reply reply, Pieces pieces) {
        switch (reply) {
            case Barrier.Passed passed -> {
                out.writeByte(1);
                out.writeInt(passed.index());
            }
            case Barrier.Broken broken -> {
                out.writeByte(2);
                text(out, broken.message());
            }
            case Barrier.Done done -> out.writeByte(3);
            case Barrier.Refused refused -> {
                out.writeByte(4);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public Barrier.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Barrier.Passed(in.readInt());
            case 2 -> new Barrier.Broken(text(in));
            case 3 -> new Barrier.Done();
            case 4 -> new Barrier.Refused(text(in), text(in));
            default -> throw unknown("reply of a barrier", tag);
        };
    }
}
