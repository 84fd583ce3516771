package procession.node;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import procession.EncodingException;
import procession.Outcome;
import procession.RemoteError;
import procession.core.Payload;
import procession.session.Handles;
import procession.wire.PayloadBytes;

/** How a process tells its parent how it is about to end, and what the parent makes of that and of what the system says. */
final class Outcomes {

    private static final int RETURNED = 1;
    private static final int FAILED = 2;
    private static final int EXITED = 3;
    private static final int UNENCODABLE = 4;
    private static final int MOST_CAUSES = 16;
    private static final int SIGNALS_FROM = 129;
    private static final int SIGNALS_TO = 159;

    private Outcomes() {}

    static Payload returned(Object value, Handles handles) {
        try {
            var payload = handles.encode(value);
            var out = tagged(RETURNED);
            var bytes = PayloadBytes.of(payload);
            out.writeInt(bytes.length);
            out.writeBytes(bytes);
            return new Payload(0, out.toBytes(), payload.carried());
        } catch (EncodingException | IllegalArgumentException | IllegalStateException cannotTravel) {
            var out = tagged(UNENCODABLE);
            out.writeString(cannotTravel.getMessage());
            return report(out);
        }
    }

    static Payload failed(Throwable thrown) {
        var out = tagged(FAILED);
        error(out, RemoteError.of(thrown));
        return report(out);
    }

    static Payload exited(int status) {
        var out = tagged(EXITED);
        out.writeInt(status);
        return report(out);
    }

    private static Output tagged(int tag) {
        var out = new Output(256, -1);
        out.writeByte(tag);
        return out;
    }

    private static Payload report(Output out) {
        return new Payload(0, out.toBytes(), List.of());
    }

    /** What the system says, in words. */
    static String words(int status) {
        return ofSystem(status).toString();
    }

    /** The process's own word counts where it fits what the system saw: a process may be killed after it has spoken. */
    static Outcome of(int status, Payload report, Handles handles) {
        var system = ofSystem(status);
        if (report.size() == 0) {
            return system;
        }
        var in = new Input(report.bytes());
        int tag = in.readByte();
        int expected = tag == EXITED ? in.readInt() : tag == FAILED ? 1 : 0;
        if (expected != status) {
            return system;
        }
        return switch (tag) {
            case RETURNED -> returned(in, handles);
            case UNENCODABLE -> unencodable(in.readString());
            case FAILED -> new Outcome.Failed(error(in));
            case EXITED -> new Outcome.Exited(status);
            default -> system;
        };
    }

    private static Outcome unencodable(String why) {
        return new Outcome.Returned(() -> {
            throw new EncodingException("The body returned something that cannot travel: " + why);
        });
    }

    private static Outcome returned(Input in, Handles handles) {
        var payload = PayloadBytes.from(in.readBytes(in.readInt()));
        var value = new Once(() -> handles.decode(payload));
        return new Outcome.Returned(value);
    }

    private static Outcome ofSystem(int status) {
        if (status == 0) {
            return new Outcome.Returned(() -> null);
        }
        return status >= SIGNALS_FROM && status <= SIGNALS_TO ? new Outcome.Killed(status - 128) : new Outcome.Exited(status);
    }

    private static void error(Output out, RemoteError error) {
        out.writeString(error.type());
        out.writeBoolean(error.message().isPresent());
        error.message().ifPresent(out::writeString);
        out.writeInt(error.frames().size());
        error.frames().forEach(out::writeString);
        out.writeBoolean(error.cause().isPresent());
        error.cause().ifPresent(cause -> error(out, cause));
    }

    private static RemoteError error(Input in) {
        return error(in, MOST_CAUSES);
    }

    private static RemoteError error(Input in, int causes) {
        var type = in.readString();
        Optional<String> message = in.readBoolean() ? Optional.of(in.readString()) : Optional.empty();
        var frames = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            frames.add(in.readString());
        }
        Optional<RemoteError> cause = in.readBoolean() && causes > 0 ? Optional.of(error(in, causes - 1)) : Optional.empty();
        return new RemoteError(type, message, frames, cause);
    }

    /** Decodes once: a value with handles in it must not be made twice. */
    private static final class Once implements Outcome.Value {
        private Outcome.Value source;
        private Object value;

        Once(Outcome.Value source) {
            this.source = source;
        }

        @Override
        public synchronized Object get() {
            if (source != null) {
                value = source.get();
                source = null;
            }
            return value;
        }
    }
}
