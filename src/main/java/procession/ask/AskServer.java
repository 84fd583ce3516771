package procession.ask;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import procession.core.Look;
import procession.record.LatestLines;

/**
 * Answers questions about a run, at a Unix-domain socket in its main process. One thread of its own does that, for a few who ask at once;
 * whoever stands still while it asks or hears is left. The keeper is held up only by the copy that it makes of what it has.
 *
 * <p>Who may ask is who may open the socket: it is for its owner only, and is to be in a folder that is, too.
 */
public final class AskServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int AT_ONCE = 8;
    private static final long ACCEPT_AGAIN = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path socket;
    private final Source source;
    private final long patience;
    private final Selector selector;
    private final ServerSocketChannel door;
    private final SelectionKey doorKey;
    private final Set<Conversation> conversations = new HashSet<>();
    private final Queue<Runnable> found = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::serve, "procession-ask");
    private volatile boolean closed;

    private AskServer(Path socket, Source source, Duration patience) throws IOException {
        this.socket = socket;
        this.source = source;
        this.patience = patience.toNanos();
        selector = Selector.open();
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Files.deleteIfExists(socket);
            door.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            door.configureBlocking(false);
            doorKey = door.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException cannot) {
            door.close();
            selector.close();
            throw cannot;
        }
        thread.setDaemon(true);
    }

    /**
     * Begins to answer. What is left of a socket of that name is removed first.
     *
     * @param socket where; not in a folder of others
     * @param source where answers come from
     * @return the server
     * @throws IOException if there can be no such socket, as where its path is too long for one
     */
    public static AskServer open(Path socket, Source source) throws IOException {
        return open(socket, source, PATIENCE);
    }

    static AskServer open(Path socket, Source source, Duration patience) throws IOException {
        var server = new AskServer(socket, source, patience);
        server.thread.start();
        return server;
    }

    private void serve() {
        try {
            while (!closed) {
                selector.select(untilNext());
                for (var task = found.poll(); task != null; task = found.poll()) {
                    task.run();
                }
                selector.selectedKeys().forEach(this::turn);
                selector.selectedKeys().clear();
                leaveWhoStandsStill();
                doorKey.interestOps(conversations.size() < AT_ONCE ? SelectionKey.OP_ACCEPT : 0);
            }
        } catch (IOException | RuntimeException broken) {
            // A run must not fail because nobody can ask it. Whoever asks hears that nobody listens.
        } finally {
            shut();
        }
    }

    /** In milliseconds; 0 for no limit. */
    private long untilNext() {
        long now = System.nanoTime();
        return conversations.stream().mapToLong(conversation -> Math.max(1, (conversation.until() - now) / 1_000_000 + 1)).min().orElse(0);
    }

    private void turn(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key == doorKey) {
            accept();
            return;
        }
        var conversation = (Conversation) key.attachment();
        try {
            if (key.isReadable()) {
                hear(conversation);
            } else if (key.isWritable() && conversation.write()) {
                end(conversation);
            }
        } catch (IOException | RuntimeException gone) {
            end(conversation);
        }
    }

    private void accept() {
        try {
            var channel = door.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                var key = channel.register(selector, SelectionKey.OP_READ);
                var conversation = new Conversation(channel, key, patience);
                key.attach(conversation);
                conversations.add(conversation);
            }
        } catch (IOException gone) {
            // Whoever it was does not wait any more, or this JVM has no file left to open: then they still wait, and to look again at once
            // would be to do nothing else.
            LockSupport.parkNanos(ACCEPT_AGAIN);
        }
    }

    private void hear(Conversation conversation) throws IOException {
        try {
            var line = conversation.read();
            if (line != null) {
                answer(conversation, Question.read(line));
            }
        } catch (AskException wrong) {
            conversation.answer(Documents.error(wrong));
        } catch (RuntimeException unable) {
            conversation.answer(Documents.error(failure(unable)));
        }
    }

    private void answer(Conversation conversation, Question question) throws AskException {
        if (question.what() == Question.What.TRACE) {
            var lines = source.trace().orElseThrow(() -> new AskException(AskException.NO_TRACE,
                    "It remembers nothing of what has happened, as procession.record.size is 0."));
            conversation.answer(trace(source.run(), lines));
            return;
        }
        source.look().whenComplete((look, failed) -> {
            found.add(() -> answer(conversation, question, look, failed));
            selector.wakeup();
        });
    }

    private static Iterator<byte[]> trace(RunFacts run, LatestLines lines) {
        var begin = List.of(Documents.trace(run, lines.size())).iterator();
        var all = lines.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return begin.hasNext() || all.hasNext();
            }

            @Override
            public byte[] next() {
                return begin.hasNext() ? begin.next() : all.next();
            }
        };
    }

    private void answer(Conversation conversation, Question question, Look look, Throwable failed) {
        if (!conversations.contains(conversation) || conversation.isAnswered()) {
            return;
        }
        try {
            conversation.answer(failed == null ? new Documents(source.run(), look).answer(question) : Documents.error(failure(failed)));
        } catch (RuntimeException unable) {
            conversation.answer(Documents.error(failure(unable)));
        }
    }

    private static AskException failure(Throwable why) {
        return new AskException(AskException.FAILED, "The answer could not be found: " + why + ".");
    }

    private void leaveWhoStandsStill() {
        long now = System.nanoTime();
        for (var conversation : Set.copyOf(conversations)) {
            if (conversation.until() - now > 0) {
                continue;
            }
            if (conversation.isAsked() && !conversation.isAnswered()) {
                conversation.answer(Documents.error(new AskException(AskException.SILENT,
                        "Its keeper has not answered for " + Duration.ofNanos(patience).toSeconds() + " s.")));
            } else {
                end(conversation);
            }
        }
    }

    private void end(Conversation conversation) {
        conversations.remove(conversation);
        conversation.end();
    }

    private void shut() {
        conversations.forEach(Conversation::end);
        try {
            door.close();
            selector.close();
        } catch (IOException gone) {
            // Then it is closed.
        }
    }

    /** Answers nobody any more, and removes the socket. Closing again is harmless. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        selector.wakeup();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException stays) {
            // Whoever meets it sees that its run is gone, and removes it.
        }
    }
}
