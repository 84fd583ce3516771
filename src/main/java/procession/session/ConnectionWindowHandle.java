package procession.session;

import java.time.Duration;
import procession.ConnectionWindow;
import procession.core.Command;
import procession.core.Sent;

/** A window of one end of a pipe. */
final class ConnectionWindowHandle extends Window implements ConnectionWindow {

    private final ConnectionHandle connection;

    ConnectionWindowHandle(ConnectionHandle connection, int most) {
        super(connection, most, messages -> new Command.SendAll(connection.resource().end(), messages),
                some -> new Command.ReceiveSome(connection.resource().end(), some));
        this.connection = connection;
    }

    @Override
    public void send(Object message) throws InterruptedException {
        send(message, Sent.FOR_EVER);
    }

    @Override
    public void send(Object message, Duration timeout) throws InterruptedException {
        send(message, Handle.nanos(timeout));
    }

    private void send(Object message, long timeout) throws InterruptedException {
        connection.refuseUnlessWritable();
        put(message, timeout);
    }

    @Override
    public Object receive() throws InterruptedException {
        return receive(Sent.FOR_EVER);
    }

    @Override
    public Object receive(Duration timeout) throws InterruptedException {
        return receive(Handle.nanos(timeout));
    }

    private Object receive(long timeout) throws InterruptedException {
        connection.refuseUnlessReadable();
        return connection.message(next(timeout), timeout);
    }
}
