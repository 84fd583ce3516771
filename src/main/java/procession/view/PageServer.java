package procession.view;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the page and its changes on 127.0.0.1. It answers to GET only, and only to who calls it by that name: a page of somebody else's
 * whose name has been made to lead here (DNS rebinding) is refused, and there is no CORS header by which it could read what it is told.
 *
 * <p>Each browser has a thread of its own. One that does not take what it is sent for a while is dropped.
 */
final class PageServer implements AutoCloseable {

    private static final int MOST_BROWSERS = 32;
    private static final int LINES = 2_000;
    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final long BATCH_MILLIS = 100;

    private final KeptChanges changes;
    private final long patience;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("procession-view-", 0).factory());
    private final Set<Browser> browsers = ConcurrentHashMap.newKeySet();
    private final byte[] page;
    private final String policy;

    /**
     * Begins to serve.
     *
     * @param port on which port; 0 for any that is free
     * @param changes what is served
     * @param patience how long a browser may take nothing, in nanoseconds
     * @throws IOException if the port cannot be had
     */
    PageServer(int port, KeptChanges changes, long patience) throws IOException {
        this.changes = changes;
        this.patience = patience;
        var whole = new Page();
        page = whole.live().getBytes(StandardCharsets.UTF_8);
        policy = whole.livePolicy();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        begin();
    }

    /** The server's own thread is a daemon if that is one which starts it: it must not keep a program from its end. */
    private void begin() {
        var starter = Thread.ofPlatform().daemon().name("procession-view-start").start(server::start);
        boolean interrupted = false;
        while (true) {
            try {
                starter.join();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How many browsers take part in the changes. */
    int browsers() {
        return browsers.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (!isForUs(exchange.getRequestHeaders().get("Host"))) {
                refuse(exchange, 403, "This page answers only as 127.0.0.1 or localhost.");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                refuse(exchange, 405, "There is nothing to do here but to look: GET only.");
            } else if (path.equals("/")) {
                send(exchange, 200, "text/html; charset=utf-8", page);
            } else if (path.equals("/changes")) {
                stream(exchange);
            } else {
                refuse(exchange, 404, "There is the page at / and what it shows at /changes, nothing else.");
            }
        }
    }

    private boolean isForUs(List<String> hosts) {
        return hosts != null && hosts.size() == 1
                && (hosts.getFirst().equals("127.0.0.1:" + port()) || hosts.getFirst().equalsIgnoreCase("localhost:" + port()));
    }

    private void refuse(HttpExchange exchange, int status, String why) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", (why + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        begin(exchange, type);
        exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(body);
        }
    }

    private void begin(HttpExchange exchange, String type) {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
    }

    private void stream(HttpExchange exchange) throws IOException {
        var browser = new Browser(exchange);
        if (browsers.size() >= MOST_BROWSERS) {
            refuse(exchange, 503, MOST_BROWSERS + " pages look at this run already.");
            return;
        }
        browsers.add(browser);
        try {
            begin(exchange, "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            tell(changes.reader(), browser);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            browsers.remove(browser);
        }
    }

    /** At most ten messages a second, but for what has been before. */
    private void tell(KeptChanges.Reader reader, Browser browser) throws IOException, InterruptedException {
        while (!reader.isDone()) {
            browser.write(message(reader.next(LINES, HEARTBEAT_MILLIS)));
            if (!reader.hasMore() && !changes.isClosed()) {
                Thread.sleep(BATCH_MILLIS);
            }
        }
    }

    /** One event, with a line for each change; or a comment, by which both sides see that the other is there. */
    static byte[] message(List<String> lines) {
        if (lines.isEmpty()) {
            return ": nothing new\n\n".getBytes(StandardCharsets.UTF_8);
        }
        var text = new StringBuilder();
        lines.forEach(line -> text.append("data: ").append(line).append('\n'));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Drops browsers that take nothing any more. Called now and again. */
    void dropStuck() {
        browsers.forEach(browser -> browser.dropIfStuck(patience));
    }

    /** Ends what is served; a browser that is still reading is cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static final class Browser {

        private static final long IDLE = Long.MAX_VALUE;

        private final HttpExchange exchange;
        private final Thread writer = Thread.currentThread();
        private volatile long since = IDLE;

        Browser(HttpExchange exchange) {
            this.exchange = exchange;
        }

        void write(byte[] message) throws IOException {
            since = System.nanoTime();
            exchange.getResponseBody().write(message);
            exchange.getResponseBody().flush();
            since = IDLE;
        }

        /** To close the exchange would wait for what is being written; an interrupt ends that, and closes the connection. */
        void dropIfStuck(long patience) {
            long begun = since;
            if (begun != IDLE && System.nanoTime() - begun > patience) {
                writer.interrupt();
            }
        }
    }
}
