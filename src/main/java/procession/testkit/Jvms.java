package procession.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import procession.Procession;
import procession.core.Happening;
import procession.node.Runs;

/**
 * The JVMs of a run besides this one. Of its children this process knows; of theirs, what they said when they came.
 *
 * <p>Thread-safe.
 */
final class Jvms {

    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final String PID = "pid ";

    private final Procession run;
    private final Map<Long, ProcessHandle> seen = new ConcurrentHashMap<>();

    Jvms(Procession run) {
        this.run = run;
    }

    /** Remembers all that are there now, so that none can hide by the death of its parent. Programs that join may outlive the run. */
    void remember() {
        var children = run.activeChildren().stream().flatMap(child -> child.pid().stream().boxed())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()));
        Stream.concat(children, told().keySet().stream().flatMap(pid -> ProcessHandle.of(pid).stream()))
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .forEach(handle -> seen.put(handle.pid(), handle));
    }

    /** Names by pid, of those that have not ended; also of those that have not come as far as to say so. */
    Map<Long, String> living() {
        var living = new LinkedHashMap<Long, String>();
        living.put(ProcessHandle.current().pid(), "MainProcess");
        run.activeChildren().forEach(child -> child.pid().ifPresent(pid -> living.put(pid, child.name())));
        told().forEach(living::putIfAbsent);
        living.keySet().removeIf(pid -> ProcessHandle.of(pid).isEmpty());
        return living;
    }

    /** Those that nobody of the run has started are not ended by its end. */
    private Map<Long, String> told() {
        var told = new LinkedHashMap<Long, String>();
        var owners = new LinkedHashMap<Long, Long>();
        for (var happening : Runs.happenings(run)) {
            if (happening.kind() == Happening.Kind.PROCESS_STARTED && happening.detail().matches(PID + "\\d+")) {
                long pid = Long.parseLong(happening.detail().substring(PID.length()));
                told.put(pid, happening.process());
                owners.put(happening.owner(), pid);
            } else if (happening.kind() == Happening.Kind.PROCESS_ENDED && owners.containsKey(happening.owner())) {
                told.remove(owners.get(happening.owner()));
            }
        }
        return told;
    }

    /**
     * Waits a few moments until none is there any more, and kills those that are.
     *
     * @return those
     */
    List<ProcessHandle> killRest() {
        long until = System.nanoTime() + LAST_MOMENTS.toNanos();
        var left = new ArrayList<>(seen.values());
        boolean interrupted = false;
        for (left.removeIf(gone()); !left.isEmpty() && System.nanoTime() - until < 0; left.removeIf(gone())) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException now) {
                interrupted = true;
            }
        }
        left.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    static long patienceSeconds() {
        return LAST_MOMENTS.toSeconds();
    }

    private static java.util.function.Predicate<ProcessHandle> gone() {
        return handle -> !handle.isAlive();
    }
}
