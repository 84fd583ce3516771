package procession.wire;

import static procession.wire.Bytes.bytes;
import static procession.wire.Bytes.list;
import static procession.wire.Bytes.unknown;
import static procession.wire.CoreBytes.number;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.function.Function;
import procession.core.Frame;

/** How frames are written, whatever they carry. */
final class FrameBytes {

    private FrameBytes() {}

    static <M> void frame(Output out, Frame<M> frame, Bytes.Writing<M> message) {
        number(out, frame.acknowledged());
        number(out, frame.sentBefore());
        number(out, frame.first());
        list(out, frame.elements(), (o, element) -> element(o, element, message));
    }

    static <M> Frame<M> frame(Input in, Function<Input, M> message) {
        return new Frame<>(number(in), number(in), number(in), list(in, i -> element(i, message)));
    }

    private static <M> void element(Output out, Frame.Element<M> element, Bytes.Writing<M> message) {
        switch (element) {
            case Frame.Whole<M> whole -> {
                out.writeByte(whole.fragmented() ? 2 : 1);
                message.write(out, whole.message());
            }
            case Frame.Fragment<M> fragment -> {
                out.writeByte(3);
                bytes(out, fragment.bytes());
            }
        }
    }

    private static <M> Frame.Element<M> element(Input in, Function<Input, M> message) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Frame.Whole<>(message.apply(in), false);
            case 2 -> new Frame.Whole<>(message.apply(in), true);
            case 3 -> new Frame.Fragment<>(bytes(in));
            default -> throw unknown("element", tag);
        };
    }
}
