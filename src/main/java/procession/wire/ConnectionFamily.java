package procession.wire;

import static procession.wire.Bytes.text;
import static procession.wire.Bytes.unknown;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.Connection;

/** What ends of pipes and actors say to each other. */
final class ConnectionFamily implements Family<Connection.Command, Connection.Reply> {

    @Override
    public void command(Output out, Connection.Command command, Pieces pieces) {
        switch (command) {
            case Connection.Send send -> {
                out.writeByte(1);
                pieces.value(out, send.message());
                Pieces.timeout(out, send.timeout());
                pieces.ref(out, send.replyTo());
            }
            case Connection.Receive receive -> {
                out.writeByte(2);
                Pieces.timeout(out, receive.timeout());
                pieces.ref(out, receive.replyTo());
            }
        }
    }

    @Override
    public Connection.Command command(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Connection.Send(Pieces.given(in), Pieces.timeout(in), pieces.ref(in));
            case 2 -> new Connection.Receive(Pieces.timeout(in), pieces.ref(in));
            default -> throw unknown("command to a connection", tag);
        };
    }

    @Override
    public void reply(Output out, Connection.Reply reply, Pieces pieces) {
        switch (reply) {
            case Connection.Accepted accepted -> out.writeByte(1);
            case Connection.Message message -> {
                out.writeByte(2);
                pieces.value(out, message.message());
            }
            case Connection.EndOfStream end -> out.writeByte(3);
            case Connection.TimedOut late -> {
                out.writeByte(4);
                text(out, late.message());
            }
            case Connection.Refused refused -> {
                out.writeByte(5);
                text(out, refused.code());
                text(out, refused.message());
            }
        }
    }

    @Override
    public Connection.Reply reply(Input in, Pieces pieces) {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Connection.Accepted();
            case 2 -> new Connection.Message(pieces.got(in));
            case 3 -> new Connection.EndOfStream();
            case 4 -> new Connection.TimedOut(text(in));
            case 5 -> new Connection.Refused(text(in), text(in));
            default -> throw unknown("reply of a connection", tag);
        };
    }
}
