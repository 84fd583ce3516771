package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.SharedMap;

/** What maps and actors say to each other. */
final class SharedMapFamily implements Family<SharedMap.Command, SharedMap.Reply> {

    @Override
    public void command(Output out, SharedMap.Command command, Pieces pieces) {
        switch (command) {
            case SharedMap.Get get -> {
                out.writeByte(1);
                pieces.key(out, get.key());
                pieces.ref(out, get.replyTo());
            }
            case SharedMap.Put put -> {
                out.writeByte(2);
                pieces.key(out, put.key());
                pieces.value(out, put.value());
                pieces.ref(out, put.replyTo());
            }
            case SharedMap.Remove remove -> {
                out.writeByte(3);
                pieces.key(out, remove.key());
                pieces.ref(out, remove.replyTo());
            }
            case SharedMap.CompareAndSet compare -> {
                out.writeByte(4);
                pieces.key(out, compare.key());
                out.writeLong(compare.version());
                pieces.value(out, compare.next());
                pieces.ref(out, compare.replyTo());
            }
            case SharedMap.AwaitChange await -> {
                out.writeByte(5);
                pieces.key(out, await.key());
                out.writeLong(await.version());
                Pieces.timeout(out, await.timeout());
                pieces.ref(out, await.replyTo());
            }
            case SharedMap.Size size -> {
                out.writeByte(6);
                pieces.ref(out, size.replyTo());
            }
        }
    }

    @Override
    public SharedMap.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new SharedMap.Get(Pieces.given(in), pieces.ref(in));
            case 2 -> new SharedMap.Put(Pieces.given(in), Pieces.given(in), pieces.ref(in));
            case 3 -> new SharedMap.Remove(Pieces.given(in), pieces.ref(in));
            case 4 -> new SharedMap.CompareAndSet(Pieces.given(in), in.readLong(), Pieces.given(in), pieces.ref(in));
            case 5 -> new SharedMap.AwaitChange(Pieces.given(in), in.readLong(), Pieces.timeout(in), pieces.ref(in));
            case 6 -> new SharedMap.Size(pieces.ref(in));
            default -> throw unknown("command to a map", tag);
        };
    }

    @Override
    public void reply(Output out, SharedMap.Reply reply, Pieces pieces) {
        switch (reply) {
            case SharedMap.Value value -> {
                out.writeByte(1);
                Bytes.optional(out, value.value(), pieces::value);
                out.writeLong(value.version());
            }
            case SharedMap.Stored stored -> {
                out.writeByte(2);
                out.writeLong(stored.version());
            }
            case SharedMap.Count count -> {
                out.writeByte(3);
                out.writeInt(count.size());
            }
            case SharedMap.TimedOut late -> out.writeByte(4);
            case SharedMap.Refused refused -> {
                out.writeByte(5);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public SharedMap.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new SharedMap.Value(Bytes.optional(in, pieces::got), in.readLong());
            case 2 -> new SharedMap.Stored(in.readLong());
            case 3 -> new SharedMap.Count(in.readInt());
            case 4 -> new SharedMap.TimedOut();
            case 5 -> new SharedMap.Refused(text(in), text(in));
            default -> throw unknown("reply of a map", tag);
        };
    }
}
