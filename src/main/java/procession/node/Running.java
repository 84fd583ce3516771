package procession.node;

import java.nio.file.Path;
import java.util.List;
import procession.ClusterException;

/**
 * A run of this user's that goes on on this machine, as a command finds it.
 *
 * @param name its name
 * @param label what a person types to mean this run and no other of the same name
 * @param pid pid of its main process
 * @param version which Procession it is
 * @param socket where it answers questions
 */
public record Running(String name, String label, long pid, String version, Path socket) {

    /**
     * All of them.
     *
     * @return the runs, in the order of their names
     * @throws ClusterException if there seem to be none, and a folder of runs cannot be looked into
     */
    public static List<Running> all() {
        return all(RunFolder.all());
    }

    static List<Running> all(List<RunFolder> folders) {
        var search = RunSearch.in(folders);
        if (search.all().isEmpty() && !search.complaints().isEmpty()) {
            throw new ClusterException(search.complaints().getFirst());
        }
        return search.all().stream().map(found -> new Running(found.run().name(), found.run().label(), found.run().pid(), found.run().version(),
                Answering.socket(found.file().toAbsolutePath().getParent(), found.run().pid()))).toList();
    }

    /**
     * Whether its main process stands still, as after SIGSTOP, so that it cannot answer.
     *
     * @return whether it does, as far as the system tells
     */
    public boolean isStopped() {
        return OsProcess.isStopped(pid);
    }

    /**
     * Whether a process is certainly gone.
     *
     * @param process its pid
     * @param startToken tells it from a later one of the same pid
     * @return whether it is
     */
    public static boolean isGone(long process, String startToken) {
        return OsProcess.isGone(process, startToken);
    }

    /**
     * Sends a signal to a process, unless it is gone: SIGKILL, or SIGTERM.
     *
     * @param process its pid
     * @param startToken tells it from a later one of the same pid
     * @param gently whether it is asked to end
     * @return whether it was there, and was sent the signal
     */
    public static boolean end(long process, String startToken, boolean gently) {
        // The handle knows when its process began: what comes later under the same pid gets no signal from it.
        var handle = ProcessHandle.of(process);
        return handle.isPresent() && !OsProcess.isGone(process, startToken)
                && (gently ? handle.get().destroy() : handle.get().destroyForcibly());
    }
}
