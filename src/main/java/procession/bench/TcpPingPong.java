package procession.bench;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** What the kernel and Java's sockets cost: the least that any message between two JVMs costs. */
final class TcpPingPong implements Benchmark {

    private static final int MESSAGE = 64;

    @Override
    public List<Line> lines() {
        return List.of(new Line("limit.tcp", "µs", "plain Java TCP: 64 bytes to another JVM and back"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var asker = PlainJvm.start(Asker.class, String.valueOf(server.getLocalPort()), stage.effort().text())) {
            try (var socket = server.accept()) {
                echo(socket);
            }
            stage.report("limit.tcp", asker.latency());
        }
    }

    private static void echo(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        var message = new byte[MESSAGE];
        var in = new DataInputStream(socket.getInputStream());
        while (true) {
            if (in.readNBytes(message, 0, MESSAGE) < MESSAGE) {
                return;
            }
            socket.getOutputStream().write(message);
        }
    }

    /** The other JVM. */
    static final class Asker {

        private Asker() {}

        public static void main(String[] arguments) throws Exception {
            Worker.endWithParent();
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
                socket.setTcpNoDelay(true);
                var in = new DataInputStream(socket.getInputStream());
                var out = new DataOutputStream(socket.getOutputStream());
                var message = new byte[MESSAGE];
                var latency = Latency.of(Effort.parse(arguments[1]), () -> {
                    out.write(message);
                    in.readFully(message);
                });
                System.out.println(latency.text());
            }
        }
    }
}
