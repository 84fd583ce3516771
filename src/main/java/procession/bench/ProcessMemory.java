package procession.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import procession.Event;
import procession.Process;
import procession.Semaphore;

/** What an idle process takes: its own pages, and its share of those it shares. */
final class ProcessMemory implements Benchmark {

    private static final Path OWN = Path.of("/proc/self/smaps_rollup");

    @Override
    public List<Line> lines() {
        return List.of(new Line("process.memory", "MB", "proportional set size of each of 100 idle processes"));
    }

    @Override
    public Optional<String> missing() {
        return Files.isReadable(OWN) ? Optional.empty() : Optional.of("this system has no " + OWN);
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        int count = stage.effort().of(100, 3);
        var idle = run.semaphore(0).unowned();
        var end = run.event();
        var processes = new ArrayList<Process>();
        for (int i = 0; i < count; i++) {
            processes.add(run.process(ProcessMemory::idle, idle, end).daemon(true).start());
        }
        idle.acquire(count);
        var megabytes = new ArrayList<Double>();
        for (var process : processes) {
            megabytes.add(proportional(process.pid().orElseThrow()));
        }
        stage.report("process.memory", megabytes.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
        end.set();
        for (var process : processes) {
            process.join();
        }
    }

    static void idle(Semaphore idle, Event end) throws InterruptedException {
        idle.release();
        end.await();
    }

    private static double proportional(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:")).map(line -> line.split("\\s+")[1])
                    .mapToDouble(Double::parseDouble).findFirst().orElseThrow() * 1024 / 1e6;
        }
    }
}
