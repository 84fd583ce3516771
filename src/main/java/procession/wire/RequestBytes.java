package procession.wire;

import static procession.wire.Bytes.list;
import static procession.wire.Bytes.optional;
import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;
import static procession.wire.CoreBytes.number;
import static procession.wire.CoreBytes.payload;
import static procession.wire.CoreBytes.primitive;
import static procession.wire.CoreBytes.resource;
import static procession.wire.CoreBytes.spec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.List;
import procession.core.Command;
import procession.core.Payload;
import procession.core.Request;
import procession.core.Sent;

/** How requests are written: a tag and the fields in their order. */
final class RequestBytes {

    private RequestBytes() {}

    static void sent(Output out, Sent sent) {
        number(out, sent.strand());
        out.writeLong(sent.timeout());
        out.writeBoolean(sent.quiet());
        request(out, sent.request());
    }

    static Sent sent(Input in) {
        return new Sent(number(in), in.readLong(), in.readBoolean(), request(in));
    }

    private static void request(Output out, Request request) {
        switch (request) {
            case Request.Operate operate -> {
                out.writeByte(1);
                primitive(out, operate.target());
                command(out, operate.command());
            }
            case Request.Inspect inspect -> {
                out.writeByte(2);
                primitive(out, inspect.target());
                out.writeBoolean(inspect.who());
            }
            case Request.Create create -> {
                out.writeByte(3);
                number(out, create.number());
                spec(out, create.spec());
            }
            case Request.Open open -> {
                out.writeByte(4);
                text(out, open.name());
                spec(out, open.spec());
                out.writeBoolean(open.create());
            }
            case Request.Withdraw withdraw -> {
                out.writeByte(5);
                number(out, withdraw.request());
            }
            case Request.Drop drop -> {
                out.writeByte(6);
                resource(out, drop.resource());
                out.writeVarInt(drop.copies(), true);
            }
            case Request.Spawn spawn -> {
                out.writeByte(7);
                number(out, spawn.child());
                text(out, spawn.name());
                payload(out, spawn.arguments());
            }
            case Request.Ended ended -> {
                out.writeByte(8);
                number(out, ended.child());
                text(out, ended.outcome());
                out.writeBoolean(ended.orderly());
            }
            case Request.Report report -> {
                out.writeByte(9);
                payload(out, report.report());
            }
            case Request.FindDeadlocks find -> out.writeByte(10);
            case Request.Leave leave -> out.writeByte(11);
        }
    }

    private static Request request(Input in) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Request.Operate(primitive(in), command(in));
            case 2 -> new Request.Inspect(primitive(in), in.readBoolean());
            case 3 -> new Request.Create(number(in), spec(in));
            case 4 -> new Request.Open(text(in), spec(in), in.readBoolean());
            case 5 -> new Request.Withdraw(number(in));
            case 6 -> new Request.Drop(resource(in), in.readVarInt(true));
            case 7 -> new Request.Spawn(number(in), text(in), payload(in));
            case 8 -> new Request.Ended(number(in), text(in), in.readBoolean());
            case 9 -> new Request.Report(payload(in));
            case 10 -> new Request.FindDeadlocks();
            case 11 -> new Request.Leave();
            default -> throw unknown("request", tag);
        };
    }

    static void command(Output out, Command command) {
        switch (command) {
            case Command.AcquireLock c -> out.writeByte(1);
            case Command.ReleaseLock c -> {
                out.writeByte(2);
                number(out, c.fence());
            }
            case Command.AcquirePermits c -> {
                out.writeByte(3);
                out.writeVarInt(c.permits(), true);
                out.writeBoolean(c.owed());
            }
            case Command.ReleasePermits c -> {
                out.writeByte(4);
                out.writeVarInt(c.permits(), true);
                number(out, c.fence());
                out.writeBoolean(c.owed());
            }
            case Command.SetEvent c -> out.writeByte(5);
            case Command.ClearEvent c -> out.writeByte(6);
            case Command.AwaitEvent c -> out.writeByte(7);
            case Command.Put c -> {
                out.writeByte(8);
                payload(out, c.payload());
            }
            case Command.Get c -> out.writeByte(9);
            case Command.TaskDone c -> {
                out.writeByte(10);
                number(out, c.request());
            }
            case Command.JoinQueue c -> out.writeByte(11);
            case Command.Send c -> {
                out.writeByte(12);
                out.writeByte(c.end());
                payload(out, c.payload());
            }
            case Command.Receive c -> {
                out.writeByte(13);
                out.writeByte(c.end());
            }
            case Command.Poll c -> {
                out.writeByte(14);
                out.writeByte(c.end());
            }
            case Command.GiveBack c -> {
                out.writeByte(15);
                number(out, c.request());
            }
            case Command.ReturnLock c -> {
                out.writeByte(16);
                number(out, c.fence());
            }
            case Command.AwaitCondition c -> {
                out.writeByte(17);
                text(out, c.condition());
                number(out, c.fence());
                out.writeVarInt(c.depth(), true);
            }
            case Command.Signal c -> {
                out.writeByte(18);
                text(out, c.condition());
                number(out, c.fence());
                out.writeVarInt(c.waiters(), false);
            }
            case Command.BreakLock c -> out.writeByte(19);
            case Command.ShutDown c -> out.writeByte(20);
            case Command.CloseWhenGone c -> {
                out.writeByte(21);
                list(out, c.children(), CoreBytes::number);
            }
            case Command.ReadDeadLetter c -> {
                out.writeByte(22);
                number(out, c.from());
            }
            case Command.RemoveDeadLetter c -> {
                out.writeByte(23);
                number(out, c.number());
            }
            case Command.AwaitBarrier c -> {
                out.writeByte(24);
                out.writeBoolean(c.action());
            }
            case Command.ActionEnded c -> {
                out.writeByte(25);
                number(out, c.request());
                optional(out, c.error(), Bytes::text);
            }
            case Command.AbortBarrier c -> out.writeByte(26);
            case Command.ResetBarrier c -> out.writeByte(27);
            case Command.KeepLock c -> {
                out.writeByte(33);
                number(out, c.fence());
            }
            case Command.ClaimLock c -> {
                out.writeByte(34);
                number(out, c.fence());
                out.writeVarInt(c.depth(), true);
                out.writeLong(c.since());
                out.writeBoolean(c.kept());
            }
            case Command.ReturnLoan c -> {
                out.writeByte(35);
                number(out, c.fence());
            }
            case Command.PollQueue c -> out.writeByte(64);
            case Command.PutAll c -> {
                out.writeByte(28);
                list(out, c.payloads(), CoreBytes::payload);
            }
            case Command.GetSome c -> {
                out.writeByte(29);
                out.writeVarInt(c.most(), true);
            }
            case Command.SendAll c -> {
                out.writeByte(30);
                out.writeByte(c.end());
                list(out, c.payloads(), CoreBytes::payload);
            }
            case Command.ReceiveSome c -> {
                out.writeByte(31);
                out.writeByte(c.end());
                out.writeVarInt(c.most(), true);
            }
            case Command.Consumed c -> {
                out.writeByte(32);
                number(out, c.request());
                out.writeVarInt(c.count(), true);
            }
            case Command.CountDown c -> {
                out.writeByte(40);
                out.writeVarInt(c.by(), true);
            }
            case Command.AwaitLatch c -> out.writeByte(41);
            case Command.AcquireRead c -> out.writeByte(42);
            case Command.AcquireWrite c -> out.writeByte(43);
            case Command.ReleaseReadWrite c -> {
                out.writeByte(44);
                number(out, c.fence());
            }
            case Command.ReturnReadWrite c -> {
                out.writeByte(45);
                number(out, c.fence());
            }
            case Command.AddToCounter c -> {
                out.writeByte(48);
                out.writeLong(c.delta());
            }
            case Command.SetCounter c -> {
                out.writeByte(49);
                out.writeLong(c.value());
                optional(out, c.expected(), Output::writeLong);
            }
            case Command.AwaitCounter c -> {
                out.writeByte(50);
                out.writeLong(c.atLeast());
            }
            case Command.ReadValue c -> {
                out.writeByte(51);
                payload(out, c.key());
            }
            case Command.WriteValue c -> {
                out.writeByte(52);
                payload(out, c.key());
                payload(out, c.value());
                out.writeLong(c.expected());
                out.writeBoolean(c.wantsOld());
            }
            case Command.AwaitValue c -> {
                out.writeByte(53);
                payload(out, c.key());
                number(out, c.version());
            }
            case Command.ClearMap c -> out.writeByte(54);
            case Command.ReadMap c -> out.writeByte(55);
            case Command.ReadMore c -> {
                out.writeByte(56);
                number(out, c.request());
            }
            case Command.AwaitMap c -> {
                out.writeByte(57);
                number(out, c.version());
            }
        }
    }

    static Command command(Input in) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Command.AcquireLock();
            case 2 -> new Command.ReleaseLock(number(in));
            case 3 -> new Command.AcquirePermits(in.readVarInt(true), in.readBoolean());
            case 4 -> new Command.ReleasePermits(in.readVarInt(true), number(in), in.readBoolean());
            case 5 -> new Command.SetEvent();
            case 6 -> new Command.ClearEvent();
            case 7 -> new Command.AwaitEvent();
            case 8 -> new Command.Put(payload(in));
            case 9 -> new Command.Get();
            case 10 -> new Command.TaskDone(number(in));
            case 11 -> new Command.JoinQueue();
            case 12 -> new Command.Send(in.readByte(), payload(in));
            case 13 -> new Command.Receive(in.readByte());
            case 14 -> new Command.Poll(in.readByte());
            case 15 -> new Command.GiveBack(number(in));
            case 16 -> new Command.ReturnLock(number(in));
            case 17 -> new Command.AwaitCondition(text(in), number(in), in.readVarInt(true));
            case 18 -> new Command.Signal(text(in), number(in), in.readVarInt(false));
            case 19 -> new Command.BreakLock("", "");
            case 20 -> new Command.ShutDown();
            case 21 -> new Command.CloseWhenGone(list(in, CoreBytes::number), List.of());
            case 22 -> new Command.ReadDeadLetter(number(in));
            case 23 -> new Command.RemoveDeadLetter(number(in));
            case 24 -> new Command.AwaitBarrier(in.readBoolean());
            case 25 -> new Command.ActionEnded(number(in), optional(in, Bytes::text));
            case 26 -> new Command.AbortBarrier("");
            case 27 -> new Command.ResetBarrier("");
            case 28 -> new Command.PutAll(some(list(in, CoreBytes::payload)));
            case 29 -> new Command.GetSome(positive(in));
            case 30 -> new Command.SendAll(in.readByte(), some(list(in, CoreBytes::payload)));
            case 31 -> new Command.ReceiveSome(in.readByte(), positive(in));
            case 32 -> new Command.Consumed(number(in), positive(in));
            case 33 -> new Command.KeepLock(number(in));
            case 34 -> new Command.ClaimLock(number(in), in.readVarInt(true), in.readLong(), in.readBoolean());
            case 35 -> new Command.ReturnLoan(number(in));
            case 40 -> new Command.CountDown(positive(in));
            case 41 -> new Command.AwaitLatch();
            case 42 -> new Command.AcquireRead();
            case 43 -> new Command.AcquireWrite();
            case 44 -> new Command.ReleaseReadWrite(number(in));
            case 45 -> new Command.ReturnReadWrite(number(in));
            case 64 -> new Command.PollQueue();
            case 48 -> new Command.AddToCounter(in.readLong());
            case 49 -> new Command.SetCounter(in.readLong(), optional(in, Input::readLong));
            case 50 -> new Command.AwaitCounter(in.readLong());
            case 51 -> new Command.ReadValue(key(in));
            case 52 -> new Command.WriteValue(key(in), payload(in), in.readLong(), in.readBoolean());
            case 53 -> new Command.AwaitValue(key(in), number(in));
            case 54 -> new Command.ClearMap();
            case 55 -> new Command.ReadMap();
            case 56 -> new Command.ReadMore(number(in));
            case 57 -> new Command.AwaitMap(number(in));
            default -> throw unknown("command", tag);
        };
    }

    private static Payload key(Input in) {
        var key = payload(in);
        if (!key.carried().isEmpty()) {
            throw new IllegalArgumentException("a key carries handles");
        }
        return key;
    }

    private static <T> List<T> some(List<T> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("a batch is empty");
        }
        return list;
    }

    private static int positive(Input in) {
        int count = in.readVarInt(true);
        if (count < 1) {
            throw new IllegalArgumentException("a count of " + count + " is less than one");
        }
        return count;
    }
}
