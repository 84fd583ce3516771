package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Cell;

/** What cells and actors say to each other. */
final class CellFamily implements Family<Cell.Command, Cell.Reply> {

    @Override
    public void command(Output out, Cell.Command command, Pieces pieces) {
        switch (command) {
            case Cell.Get get -> {
                out.writeByte(1);
                pieces.ref(out, get.replyTo());
            }
            case Cell.Set set -> {
                out.writeByte(2);
                pieces.value(out, set.value());
                pieces.ref(out, set.replyTo());
            }
            case Cell.CompareAndSet compare -> {
                out.writeByte(3);
                out.writeLong(compare.version());
                pieces.value(out, compare.next());
                pieces.ref(out, compare.replyTo());
            }
            case Cell.AwaitChange await -> {
                out.writeByte(4);
                out.writeLong(await.version());
                Pieces.timeout(out, await.timeout());
                pieces.ref(out, await.replyTo());
            }
        }
    }

    @Override
    public Cell.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Cell.Get(pieces.ref(in));
            case 2 -> new Cell.Set(Pieces.given(in), pieces.ref(in));
            case 3 -> new Cell.CompareAndSet(in.readLong(), Pieces.given(in), pieces.ref(in));
            case 4 -> new Cell.AwaitChange(in.readLong(), Pieces.timeout(in), pieces.ref(in));
            default -> throw unknown("command to a cell", tag);
        };
    }

    @Override
    public void reply(Output out, Cell.Reply reply, Pieces pieces) {
        switch (reply) {
            case Cell.Value value -> {
                out.writeByte(1);
                pieces.value(out, value.value());
                out.writeLong(value.version());
            }
            case Cell.Stored stored -> {
                out.writeByte(2);
                out.writeLong(stored.version());
            }
            case Cell.TimedOut late -> out.writeByte(3);
            case Cell.Refused refused -> {
                out.writeByte(4);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public Cell.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Cell.Value(pieces.got(in), in.readLong());
            case 2 -> new Cell.Stored(in.readLong());
            case 3 -> new Cell.TimedOut();
            case 4 -> new Cell.Refused(text(in), text(in));
            default -> throw unknown("reply of a cell", tag);
        };
    }
}
