package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Queue;

/** What queues and actors say to each other. */
final class QueueFamily implements Family<Queue.Command, Queue.Reply> {

    @Override
    public void command(Output out, Queue.Command command, Pieces pieces) {
        switch (command) {
            case Queue.Put put -> {
                out.writeByte(1);
                pieces.value(out, put.item());
                Pieces.timeout(out, put.timeout());
                pieces.ref(out, put.replyTo());
            }
            case Queue.Get get -> {
                out.writeByte(2);
                Pieces.timeout(out, get.timeout());
                pieces.ref(out, get.replyTo());
            }
            case Queue.TaskDone done -> {
                out.writeByte(3);
                out.writeLong(done.delivery());
                pieces.ref(out, done.replyTo());
            }
            case Queue.Join join -> {
                out.writeByte(4);
                Pieces.timeout(out, join.timeout());
                pieces.ref(out, join.replyTo());
            }
            case Queue.Size size -> {
                out.writeByte(5);
                pieces.ref(out, size.replyTo());
            }
            case Queue.ShutDown shutDown -> {
                out.writeByte(6);
                pieces.ref(out, shutDown.replyTo());
            }
        }
    }

    @Override
    public Queue.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Queue.Put(Pieces.given(in), Pieces.timeout(in), pieces.ref(in));
            case 2 -> new Queue.Get(Pieces.timeout(in), pieces.ref(in));
            case 3 -> new Queue.TaskDone(in.readLong(), pieces.ref(in));
            case 4 -> new Queue.Join(Pieces.timeout(in), pieces.ref(in));
            case 5 -> new Queue.Size(pieces.ref(in));
            case 6 -> new Queue.ShutDown(pieces.ref(in));
            default -> throw unknown("command to a queue", tag);
        };
    }

    @Override
    public void reply(Output out, Queue.Reply reply, Pieces pieces) {
        switch (reply) {
            case Queue.Accepted accepted -> out.writeByte(1);
            case Queue.Item item -> {
                out.writeByte(2);
                pieces.value(out, item.item());
                out.writeLong(item.delivery());
                out.writeInt(item.redeliveries());
            }
            case Queue.Ended ended -> out.writeByte(7);
            case Queue.Done done -> out.writeByte(3);
            case Queue.Depth depth -> {
                out.writeByte(4);
                out.writeInt(depth.size());
            }
            case Queue.TimedOut late -> {
                out.writeByte(5);
                text(out, late.message());
            }
            case Queue.Refused refused -> {
                out.writeByte(6);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public Queue.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Queue.Accepted();
            case 2 -> new Queue.Item(pieces.got(in), in.readLong(), in.readInt());
            case 3 -> new Queue.Done();
            case 4 -> new Queue.Depth(in.readInt());
            case 5 -> new Queue.TimedOut(text(in));
            case 6 -> new Queue.Refused(text(in), text(in));
            case 7 -> new Queue.Ended();
            default -> throw unknown("reply of a queue", tag);
        };
    }
}
