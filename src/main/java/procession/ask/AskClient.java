package procession.ask;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Asks a run at its socket. It never waits longer than it is told to for the other side to go on. */
public final class AskClient {

    private static final int PIECE = 1 << 16;

    private final Path socket;
    private final long patience;

    /**
     * A client.
     *
     * @param socket where the run listens
     * @param patience how long the run may stand still
     */
    public AskClient(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience.toNanos();
    }

    /**
     * An answer.
     *
     * @param json as it came: one JSON object
     * @param fields the same, read
     */
    public record Answer(String json, Fields fields) {}

    /**
     * Asks.
     *
     * @param question what
     * @return the answer
     * @throws AskException if there is none; why
     */
    public Answer ask(Question question) throws AskException {
        return ask(question, OutputStream.nullOutputStream());
    }

    /**
     * Asks what is answered with lines behind the answer.
     *
     * @param question what
     * @param lines where these go
     * @return the answer
     * @throws AskException if there is none; why
     */
    public Answer ask(Question question, OutputStream lines) throws AskException {
        try (var selector = Selector.open(); var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            var key = channel.register(selector, 0);
            connect(channel, key);
            write(channel, key, ByteBuffer.wrap(question.line()));
            return read(channel, key, lines);
        } catch (IOException broken) {
            throw new AskException(AskException.BROKEN, "The connection to it broke: " + broken.getMessage() + ".");
        }
    }

    private void connect(SocketChannel channel, SelectionKey key) throws IOException, AskException {
        try {
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                await(key, SelectionKey.OP_CONNECT, System.nanoTime() + patience);
                channel.finishConnect();
            }
        } catch (SocketException refused) {
            var why = String.valueOf(refused.getMessage());
            if (why.contains("too long")) {
                throw new AskException(AskException.NOT_THERE, "The path of its socket, " + socket + ", is too long for one, so it has"
                        + " none; set XDG_RUNTIME_DIR or java.io.tmpdir to a shorter folder before it is started.");
            }
            if (why.contains("temporarily unavailable")) {
                throw silent(); // Too many already wait for it to take their call.
            }
            throw new AskException(AskException.NOT_THERE, Files.exists(socket) ? "Nobody listens at its socket " + socket + "."
                    : "It has no socket " + socket + ".");
        }
    }

    private AskException silent() {
        return new AskException(AskException.SILENT, "It has not answered for " + Duration.ofNanos(patience).toSeconds() + " s.");
    }

    private void await(SelectionKey key, int what, long until) throws IOException, AskException {
        key.interestOps(what);
        while (key.selector().selectedKeys().isEmpty()) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw silent();
            }
            key.selector().select(left);
        }
        key.selector().selectedKeys().clear();
    }

    private void write(SocketChannel channel, SelectionKey key, ByteBuffer bytes) throws IOException, AskException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(key, SelectionKey.OP_WRITE, System.nanoTime() + patience);
            }
        }
    }

    private Answer read(SocketChannel channel, SelectionKey key, OutputStream lines) throws IOException, AskException {
        var first = new ByteArrayOutputStream();
        var piece = ByteBuffer.allocate(PIECE);
        boolean inFirst = true;
        long received = 0;
        for (int count = channel.read(piece); count >= 0; count = channel.read(piece)) {
            if (count == 0) {
                await(key, SelectionKey.OP_READ, System.nanoTime() + patience);
            }
            int from = 0;
            for (int i = 0; i < piece.position() && inFirst; i++) {
                if (piece.get(i) == '\n') {
                    inFirst = false;
                    first.write(piece.array(), 0, i);
                    from = i + 1;
                }
            }
            if (inFirst) {
                first.write(piece.array(), 0, piece.position());
            } else {
                received += lines(piece, from, lines);
            }
            piece.clear();
        }
        if (inFirst) {
            throw new AskException(AskException.BROKEN, "Its answer was cut off.");
        }
        return complete(understood(first.toString(StandardCharsets.UTF_8)), received);
    }

    private static long lines(ByteBuffer piece, int from, OutputStream to) throws IOException {
        long lines = 0;
        for (int i = from; i < piece.position(); i++) {
            lines += piece.get(i) == '\n' ? 1 : 0;
        }
        to.write(piece.array(), from, piece.position() - from);
        return lines;
    }

    private static Answer complete(Answer answer, long received) throws AskException {
        long announced = answer.fields().number("lines");
        if (received != announced) {
            throw new AskException(AskException.BROKEN, "Its answer was cut off: " + received + " of " + announced + " lines came.");
        }
        return answer;
    }

    private static Answer understood(String json) throws AskException {
        Map<String, Object> fields;
        try {
            fields = Json.object(json);
        } catch (IOException broken) {
            throw new AskException(AskException.BROKEN, "Its answer is not one that this command understands.");
        }
        if (fields.get("procession") instanceof Number version && version.longValue() != Question.VERSION) {
            throw new AskException(AskException.OTHER_VERSION, "It answers version " + version + " of the questions, and this command asks"
                    + " in version " + Question.VERSION + ".");
        }
        if (fields.get("error") instanceof String code) {
            throw new AskException(code, String.valueOf(fields.get("message")));
        }
        return new Answer(json, new Fields(fields));
    }
}
