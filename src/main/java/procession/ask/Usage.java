package procession.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the operating system tells of a process.
 *
 * @param stopped whether it stands still, as after SIGSTOP
 * @param ended whether it has ended
 * @param start since when it runs
 * @param cpu how much processor time it has used
 * @param rss how much memory it has, in bytes
 */
record Usage(boolean stopped, boolean ended, Optional<Instant> start, Optional<Duration> cpu, OptionalLong rss) {

    private static final String STATE = "State:";
    private static final String MEMORY = "VmRSS:";
    private static final long KIB = 1024;

    static Usage of(long pid) {
        var handle = ProcessHandle.of(pid);
        if (handle.isEmpty()) {
            return new Usage(false, true, Optional.empty(), Optional.empty(), OptionalLong.empty());
        }
        var info = handle.get().info();
        char state = 'R';
        var rss = OptionalLong.empty();
        for (var line : status(pid)) {
            if (line.startsWith(STATE)) {
                state = line.substring(STATE.length()).strip().charAt(0);
            } else if (line.startsWith(MEMORY)) {
                rss = OptionalLong.of(KIB * Long.parseLong(line.replaceAll("\\D", "")));
            }
        }
        return new Usage(state == 'T' || state == 't', state == 'Z' || state == 'X', info.startInstant(), info.totalCpuDuration(), rss);
    }

    /** Nothing where there is no such file, as on macOS. */
    private static Iterable<String> status(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException gone) {
            return java.util.List.of();
        }
    }
}
