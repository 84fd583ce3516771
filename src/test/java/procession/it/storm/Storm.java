package procession.it.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import procession.Outcome;
import procession.Process;
import procession.testkit.TestRun;

/**
 * Kills and stops processes of a crowd that are just doing something, and lets others take their places. Grandchildren are hit too; their
 * parents replace them.
 */
final class Storm {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WORKERS = 6;
    private static final int TERMINATES = 5;
    private static final int STOPS = 2;
    private static final int LONGEST_STOP_MILLIS = 300;
    private static final String WORKER = "worker";

    private final TestRun test;
    private final World world;
    private final Random random;
    private final List<Process> children = new ArrayList<>();
    private final List<Process> all = new ArrayList<>();
    private final Set<Long> killed = new HashSet<>();
    private final Map<Role, Integer> hits = new EnumMap<>(Role.class);
    private int stops;
    private long longestStop;
    private int born;

    Storm(TestRun test, World world, Random random) {
        this.test = test;
        this.world = world;
        this.random = random;
    }

    /** Kills so many: one of each role, whenever the crowd is complete. */
    void rage(int kills) throws InterruptedException {
        for (int kill = 0; kill < kills; kill++) {
            if (kill % Role.values().length == 0) {
                gather();
            }
            hit(Role.values()[kill % Role.values().length], kill % TERMINATES == TERMINATES - 1);
        }
    }

    /** Everybody there, at work. */
    private void gather() throws InterruptedException {
        children.removeIf(child -> !child.isAlive() || killed.contains(child.pid().orElse(0)));
        int before = born;
        if (count(Role.NAME_OF_PARENTS) == 0) {
            born(Role.NAME_OF_PARENTS);
        }
        while (count(WORKER) < WORKERS) {
            born(WORKER);
        }
        world.arrivals().acquire(born - before, PATIENCE);
    }

    private long count(String kind) {
        return children.stream().filter(child -> child.name().startsWith(kind)).count();
    }

    private void born(String kind) throws InterruptedException {
        long seed = random.nextLong();
        var child = kind.equals(WORKER) ? test.run().process(Crowd::worker, world, seed) : test.run().process(Crowd::parent, world, seed);
        children.add(child.name(kind + "-" + born++).start());
        all.add(children.getLast());
    }

    /** Kills one that does what the role says; somebody else may stand still at that moment. */
    private void hit(Role role, boolean gently) throws InterruptedException {
        var bystander = random.nextInt(STOPS) == 0 ? children.get(random.nextInt(children.size())) : null;
        long from = System.nanoTime();
        if (bystander != null) {
            test.signal(bystander, "STOP");
        }
        long pid = awaitOne(role);
        while (!ProcessHandle.of(pid).map(gently ? ProcessHandle::destroy : ProcessHandle::destroyForcibly).orElse(false)) {
            pid = awaitOne(role);
        }
        killed.add(pid);
        hits.merge(role, 1, Integer::sum);
        if (bystander != null) {
            resume(bystander, from);
        }
    }

    private void resume(Process bystander, long from) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_STOP_MILLIS));
        test.resume(bystander);
        stops++;
        longestStop = Math.max(longestStop, System.nanoTime() - from);
    }

    private long awaitOne(Role role) throws InterruptedException {
        long own = ProcessHandle.current().pid();
        var found = new ArrayList<Long>();
        test.await(PATIENCE, "somebody is a " + role, () -> {
            role.found(world, children).filter(pid -> pid != own && !killed.contains(pid)).forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(random.nextInt(found.size()));
    }

    /** Lets everybody finish: each of the main process's children has returned, or was killed here. */
    void calm() throws InterruptedException {
        world.over().set();
        for (var child : all) {
            var outcome = child.join(PATIENCE).orElseThrow(() -> new AssertionError(child + " does not end.\n" + test.report()));
            assertThat(outcome).as(child.name())
                    .isInstanceOf(killed.contains(child.pid().orElseThrow()) ? Outcome.Killed.class : Outcome.Returned.class);
        }
    }

    Map<Role, Integer> hits() {
        return hits;
    }

    /** How many processes stood still for a while. */
    int stops() {
        return stops;
    }

    /** How long one stood still at most, in nanoseconds. */
    long longestStop() {
        return longestStop;
    }
}
