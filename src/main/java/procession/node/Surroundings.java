package procession.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import procession.SettingsException;

/**
 * What a run that this JVM would start needs from around it, for a command that looks why none could: nothing is started by it.
 *
 * @param host address of the main node
 * @param port port of the main node; 0 for any
 * @param archive an archive of classes for children; empty for none
 * @param jvmOptions options of every child
 */
public record Surroundings(String host, int port, String archive, List<String> jvmOptions) {

    private static final int CONNECT_MILLIS = 2_000;

    /**
     * Where a run says how it is found.
     *
     * @param path the folder
     * @param trouble why it cannot be used; empty if it can
     */
    public record Folder(Path path, String trouble) {}

    /**
     * As settings say.
     *
     * @return what a run would have
     * @throws SettingsException if a setting is wrong
     */
    public static Surroundings found() {
        var settings = Settings.ofMain(Map.of());
        return new Surroundings(settings.host(), settings.port(), settings.archive(), settings.jvmOptions());
    }

    /**
     * Tries whether one can listen and be reached there.
     *
     * @param port a port; 0 for any
     * @return why not; empty if so
     */
    public Optional<String> refusal(int port) {
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress(host, port));
            try (var client = new Socket()) {
                client.connect(server.getLocalSocketAddress(), CONNECT_MILLIS);
            }
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /**
     * The folder in which a run of this user would say how it is found.
     *
     * @return the folder
     */
    public static Folder folder() {
        var first = RunFolder.all().getFirst();
        return new Folder(first.path(), first.trouble());
    }

    /**
     * The runs of this user that go on.
     *
     * @return each as its name and the pid of its main process
     */
    public static List<String> runs() {
        // What is wrong with a folder is told of the folder.
        return RunSearch.in(RunFolder.all()).all().stream().map(found -> found.run().label()).toList();
    }
}
