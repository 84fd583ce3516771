package procession.wire;

import static procession.wire.Bytes.list;
import static procession.wire.Bytes.optional;
import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;
import static procession.wire.CoreBytes.number;
import static procession.wire.CoreBytes.payload;
import static procession.wire.CoreBytes.primitive;
import static procession.wire.CoreBytes.snapshot;
import static procession.wire.CoreBytes.spec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.core.Answered;
import procession.core.Reply;

/** How answers are written: a tag and the fields in their order. */
final class AnswerBytes {

    private AnswerBytes() {}

    static void answered(Output out, Answered answered) {
        number(out, answered.request());
        reply(out, answered.reply());
    }

    static Answered answered(Input in) {
        return new Answered(number(in), reply(in));
    }

    private static void reply(Output out, Reply reply) {
        switch (reply) {
            case Reply.Granted granted -> {
                out.writeByte(1);
                number(out, granted.fence());
                out.writeVarInt(granted.units(), true);
                optional(out, granted.abandoned(), CoreBytes::obituary);
                number(out, granted.lentUntil());
            }
            case Reply.CalledIn called -> {
                out.writeByte(17);
                primitive(out, called.lock());
            }
            case Reply.Done done -> out.writeByte(2);
            case Reply.Item item -> {
                out.writeByte(3);
                item(out, item);
            }
            case Reply.Ready ready -> out.writeByte(4);
            case Reply.EndOfStream end -> out.writeByte(5);
            case Reply.TimedOut timedOut -> {
                out.writeByte(6);
                text(out, timedOut.situation());
            }
            case Reply.Refused refused -> {
                out.writeByte(7);
                text(out, refused.code());
                text(out, refused.message());
            }
            case Reply.Opened opened -> {
                out.writeByte(8);
                primitive(out, opened.primitive());
                spec(out, opened.spec());
            }
            case Reply.Viewed viewed -> {
                out.writeByte(9);
                snapshot(out, viewed.snapshot());
            }
            case Reply.Settled settled -> {
                out.writeByte(10);
                payload(out, settled.report());
            }
            case Reply.Resumed resumed -> {
                out.writeByte(11);
                number(out, resumed.fence());
                out.writeVarInt(resumed.depth(), true);
                optional(out, resumed.abandoned(), CoreBytes::obituary);
                out.writeBoolean(resumed.signalled());
            }
            case Reply.DeadLetter letter -> {
                out.writeByte(12);
                number(out, letter.number());
                out.writeVarInt(letter.deliveries(), true);
                CoreBytes.obituary(out, letter.last());
                payload(out, letter.payload());
            }
            case Reply.Passed passed -> {
                out.writeByte(13);
                out.writeVarInt(passed.index(), true);
            }
            case Reply.Act act -> {
                out.writeByte(14);
                out.writeVarInt(act.index(), true);
            }
            case Reply.Deadlocks found -> {
                out.writeByte(15);
                list(out, found.deadlocks(), CoreBytes::deadlock);
            }
            case Reply.Items items -> {
                out.writeByte(16);
                list(out, items.items(), AnswerBytes::item);
            }
            case Reply.Counted counted -> {
                out.writeByte(34);
                out.writeLong(counted.value());
                out.writeBoolean(counted.changed());
            }
            case Reply.Value value -> {
                out.writeByte(35);
                number(out, value.version());
                payload(out, value.payload());
            }
            case Reply.Stored stored -> {
                out.writeByte(36);
                number(out, stored.version());
            }
            case Reply.Entries some -> {
                out.writeByte(37);
                number(out, some.version());
                list(out, some.entries(), (o, entry) -> {
                    payload(o, entry.key());
                    payload(o, entry.payload());
                    number(o, entry.version());
                });
                out.writeBoolean(some.more());
            }
        }
    }

    private static void item(Output out, Reply.Item item) {
        payload(out, item.payload());
        out.writeVarInt(item.redelivered(), true);
    }

    private static Reply.Item item(Input in) {
        return new Reply.Item(payload(in), in.readVarInt(true));
    }

    private static Reply reply(Input in) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Reply.Granted(number(in), in.readVarInt(true), optional(in, CoreBytes::obituary), number(in));
            case 2 -> new Reply.Done();
            case 3 -> item(in);
            case 4 -> new Reply.Ready();
            case 5 -> new Reply.EndOfStream();
            case 6 -> new Reply.TimedOut(text(in));
            case 7 -> new Reply.Refused(text(in), text(in));
            case 8 -> new Reply.Opened(primitive(in), spec(in));
            case 9 -> new Reply.Viewed(snapshot(in));
            case 10 -> new Reply.Settled(payload(in));
            case 11 -> new Reply.Resumed(number(in), in.readVarInt(true), optional(in, CoreBytes::obituary), in.readBoolean());
            case 12 -> new Reply.DeadLetter(number(in), in.readVarInt(true), CoreBytes.obituary(in), payload(in));
            case 13 -> new Reply.Passed(in.readVarInt(true));
            case 14 -> new Reply.Act(in.readVarInt(true));
            case 15 -> new Reply.Deadlocks(list(in, CoreBytes::deadlock));
            case 17 -> new Reply.CalledIn(primitive(in));
            case 16 -> new Reply.Items(list(in, AnswerBytes::item));
            case 34 -> new Reply.Counted(in.readLong(), in.readBoolean());
            case 35 -> new Reply.Value(number(in), payload(in));
            case 36 -> new Reply.Stored(number(in));
            case 37 -> new Reply.Entries(number(in), list(in, i -> new Reply.Entry(payload(i), payload(i), number(i))), in.readBoolean());
            default -> throw unknown("answer", tag);
        };
    }
}
