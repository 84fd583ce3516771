package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Event;

/** What events and actors say to each other. */
final class EventFamily implements Family<Event.Command, Event.Reply> {

    @Override
    public void command(Output out, Event.Command command, Pieces pieces) {
        switch (command) {
            case Event.Set set -> {
                out.writeByte(1);
                pieces.ref(out, set.replyTo());
            }
            case Event.Clear clear -> {
                out.writeByte(2);
                pieces.ref(out, clear.replyTo());
            }
            case Event.IsSet isSet -> {
                out.writeByte(3);
                pieces.ref(out, isSet.replyTo());
            }
            case Event.Await await -> {
                out.writeByte(4);
                Pieces.timeout(out, await.timeout());
                pieces.ref(out, await.replyTo());
            }
        }
    }

    @Override
    public Event.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Event.Set(pieces.ref(in));
            case 2 -> new Event.Clear(pieces.ref(in));
            case 3 -> new Event.IsSet(pieces.ref(in));
            case 4 -> new Event.Await(Pieces.timeout(in), pieces.ref(in));
            default -> throw unknown("command to an event", tag);
        };
    }

    @Override
    public void reply(Output out, Event.Reply reply, Pieces pieces) {
        switch (reply) {
            case Event.Done done -> out.writeByte(1);
            case Event.Level level -> {
                out.writeByte(2);
                out.writeBoolean(level.set());
            }
            case Event.TimedOut late -> out.writeByte(3);
            case Event.Refused refused -> {
                out.writeByte(4);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public Event.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Event.Done();
            case 2 -> new Event.Level(in.readBoolean());
            case 3 -> new Event.TimedOut();
            case 4 -> new Event.Refused(text(in), text(in));
            default -> throw unknown("reply of an event", tag);
        };
    }
}
