package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Counter;

/** What counters and actors say to each other. */
final class CounterFamily implements Family<Counter.Command, Counter.Reply> {

    @Override
    public void command(Output out, Counter.Command command, Pieces pieces) {
        switch (command) {
            case Counter.Get get -> {
                out.writeByte(1);
                pieces.ref(out, get.replyTo());
            }
            case Counter.Set set -> {
                out.writeByte(2);
                out.writeLong(set.value());
                pieces.ref(out, set.replyTo());
            }
            case Counter.Add add -> {
                out.writeByte(3);
                out.writeLong(add.delta());
                pieces.ref(out, add.replyTo());
            }
            case Counter.CompareAndSet compare -> {
                out.writeByte(4);
                out.writeLong(compare.expected());
                out.writeLong(compare.next());
                pieces.ref(out, compare.replyTo());
            }
            case Counter.AwaitAtLeast await -> {
                out.writeByte(5);
                out.writeLong(await.value());
                Pieces.timeout(out, await.timeout());
                pieces.ref(out, await.replyTo());
            }
        }
    }

    @Override
    public Counter.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Counter.Get(pieces.ref(in));
            case 2 -> new Counter.Set(in.readLong(), pieces.ref(in));
            case 3 -> new Counter.Add(in.readLong(), pieces.ref(in));
            case 4 -> new Counter.CompareAndSet(in.readLong(), in.readLong(), pieces.ref(in));
            case 5 -> new Counter.AwaitAtLeast(in.readLong(), Pieces.timeout(in), pieces.ref(in));
            default -> throw unknown("command to a counter", tag);
        };
    }

    @Override
    public void reply(Output out, Counter.Reply reply, Pieces pieces) {
        switch (reply) {
            case Counter.Value value -> {
                out.writeByte(1);
                out.writeLong(value.value());
            }
            case Counter.Compared compared -> {
                out.writeByte(2);
                out.writeBoolean(compared.isSet());
                out.writeLong(compared.before());
            }
            case Counter.TimedOut late -> {
                out.writeByte(3);
                text(out, late.message());
            }
            case Counter.Refused refused -> {
                out.writeByte(4);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public Counter.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Counter.Value(in.readLong());
            case 2 -> new Counter.Compared(in.readBoolean(), in.readLong());
            case 3 -> new Counter.TimedOut(text(in));
            case 4 -> new Counter.Refused(text(in), text(in));
            default -> throw unknown("reply of a counter", tag);
        };
    }
}
