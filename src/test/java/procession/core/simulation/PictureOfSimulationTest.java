package procession.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import procession.core.Happening;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Seeds;
import procession.core.SideBySide;
import procession.core.Spec;
import procession.core.View;
import procession.record.OwnCall;
import procession.record.RecordInMemory;
import procession.record.RecordedRun;
import procession.view.Change;
import procession.view.Change.Bar.What;
import procession.view.Header;
import procession.view.Picture;
import procession.view.Replay;
import procession.view.Summary;
import procession.view.Timeline;
import procession.view.Trace;
import procession.view.TraceRules;

/** The picture of simulated runs, after every input of the keeper's: it shows what the keeper knows. */
@SideBySide
class PictureOfSimulationTest {

    private static final int SEEDS = 300;
    private static final int TRACES = 60;

    /** Draws a run, and compares after each step. */
    private static final class Drawn implements Simulation.Watcher {
        final Simulation simulation;
        final Timeline timeline = new Timeline(0);
        final Picture picture = new Picture();
        final List<Happening> happenings = new ArrayList<>();

        Drawn(long seed) {
            simulation = new Simulation(seed);
            simulation.watched(this);
        }

        Drawn play() {
            simulation.play();
            return this;
        }

        /** A program that joins may be the first that the keeper hears of. */
        long main() {
            return happenings.stream().filter(happening -> happening.kind() == Happening.Kind.PROCESS_STARTED
                    && happening.process().equals("MainProcess")).findFirst().orElseThrow().owner();
        }

        @Override
        public void happened(Happening happening) {
            happenings.add(happening);
            picture.draw(timeline.on(happening));
        }

        @Override
        public void stepEnds() {
            picture.draw(timeline.quiet());
            simulation.specs().forEach((id, spec) -> simulation.probe().view(id).ifPresent(view -> {
                var why = "%s %s: %s, but %s".formatted(spec, id, view, picture.open().stream().filter(bar -> bar.thing().equals(id.toString()))
                        .toList());
                showsWhoWaits(why, id, view);
                showsWhoHolds(why, id, spec, view);
                showsLevels(why, id, spec, view);
            }));
        }

        private void showsWhoWaits(String why, PrimitiveId id, View view) {
            var waiting = new ArrayList<>(view.waiting());
            waiting.addAll(view.sleeping());
            assertThat(picture.open(id.toString(), What.WAIT).stream().map(bar -> List.of(bar.lane(), bar.strand())).toList()).as(why)
                    .containsExactlyInAnyOrderElementsOf(waiting.stream().map(one -> List.of(one.owner().number(), one.strand())).toList());
        }

        private void showsWhoHolds(String why, PrimitiveId id, Spec spec, View view) {
            var bars = picture.open(id.toString(), What.HOLD);
            switch (spec) {
                case Spec.Queue queue when queue.joinable() -> assertThat(sums(bars)).as(why).isEqualTo(sums(view));
                case Spec.Queue queue -> assertThat(bars).as(why).isEmpty();
                default -> assertThat(bars.stream().map(bar -> List.of(bar.lane(), bar.strand(), bar.fence(), (long) picture.units(bar))).toList())
                        .as(why).containsExactlyInAnyOrderElementsOf(view.holds().stream().filter(hold -> !hold.isLent())
                                .map(hold -> List.of(hold.owner().number(), hold.strand(), hold.fence(), (long) hold.units())).toList());
            }
            assertThat(picture.open(id.toString(), What.LOAN).stream().map(Change.Bar::lane).toList()).as(why).isEqualTo(
                    view.holds().stream().filter(View.Hold::isLent).map(hold -> hold.owner().number()).toList());
        }

        private Map<Long, Long> sums(List<Change.Bar> bars) {
            var sums = new TreeMap<Long, Long>();
            bars.forEach(bar -> sums.merge(bar.lane(), (long) picture.units(bar), Long::sum));
            return sums;
        }

        private static Map<Long, Long> sums(View view) {
            var sums = new TreeMap<Long, Long>();
            view.holds().forEach(hold -> sums.merge(hold.owner().number(), (long) hold.units(), Long::sum));
            return sums;
        }

        private void showsLevels(String why, PrimitiveId id, Spec spec, View view) {
            var levels = picture.levels(id.toString());
            switch (spec) {
                case Spec.Semaphore semaphore -> assertThat(levels).as(why).isEqualTo(Map.of("permits", view.count("value")));
                case Spec.Event event -> assertThat(levels).as(why).isEqualTo(Map.of("set", view.count("set")));
                case Spec.Latch latch -> assertThat(levels).as(why).isEqualTo(Map.of("count", view.count("count")));
                case Spec.Counter counter -> assertThat(levels).as(why).isEqualTo(Map.of("value", view.count("value")));
                case Spec.Cell cell -> assertThat(levels).as(why).isEqualTo(Map.of("version", view.count("version")));
                case Spec.SharedMap map -> assertThat(levels).as(why).isEqualTo(Map.of("version", view.count("version")));
                case Spec.Barrier barrier -> assertThat(levels.getOrDefault("waiting", 0L)).as(why).isEqualTo(view.waiting().size());
                case Spec.Queue queue -> {
                    assertThat(levels.get("size")).as(why).isEqualTo(view.count("size"));
                    assertThat(levels.get("unfinished")).as(why).isEqualTo(queue.joinable() ? view.count("unfinished") : null);
                }
                // What was on its way to an end is dropped when that is gone, which is not told.
                case Spec.Pipe pipe -> {
                    if (view.count("first-open") == 1) {
                        assertThat(levels.getOrDefault("to 1", 0L)).as(why).isEqualTo(view.count("to-first"));
                    }
                    if (view.count("second-open") == 1) {
                        assertThat(levels.getOrDefault("to 2", 0L)).as(why).isEqualTo(view.count("to-second"));
                    }
                }
                case Spec.Lock lock -> assertThat(levels).as(why).isEmpty();
                case Spec.ReadWriteLock lock -> assertThat(levels).as(why).isEmpty();
            }
        }
    }

    @Test
    void whateverIsLostAndWhoeverDiesThePictureShowsWhatTheKeeperKnows() {
        Seeds.each(SEEDS, seed -> {
            var drawn = new Drawn(seed).play();
            assertThat(drawn.picture.open()).as("nothing is left open, but by main, which ends last")
                    .allMatch(bar -> bar.lane() == drawn.main());
        });
    }

    private static Summary redrawn(RecordInMemory record, Picture picture) {
        try (var run = record.run()) {
            return Replay.draw(run, new Replay.Artist() {
                @Override
                public void begins(Header header) {}

                @Override
                public void changes(Change change) {
                    picture.draw(List.of(change));
                }
            });
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Every hold by its lock and fence: those that the keeper granted, and those that borrowers granted to themselves. */
    private static Set<List<Object>> holds(List<Happening> happenings, RecordInMemory record) {
        var holds = new HashSet<List<Object>>();
        happenings.stream().filter(one -> one.kind() == Happening.Kind.GRANTED)
                .forEach(one -> holds.add(List.of(one.primitive().orElseThrow().toString(), one.number())));
        try (var run = record.run()) {
            for (var step = run.next(); step.isPresent(); step = run.next()) {
                if (step.get() instanceof RecordedRun.Step.Own(OwnCall.Granted granted)) {
                    holds.add(List.of(granted.lock().toString(), granted.fence()));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return holds;
    }

    private static long ownGrants(RecordInMemory record) {
        return record.toString().lines().filter(line -> line.contains("\"type\":\"returned\"") && line.contains("\"request\":-")).count();
    }

    private static Set<String> things(Picture picture, Change.Kind kind) {
        return picture.all(Change.Thing.class).filter(thing -> thing.kind() == kind).map(Change.Thing::id).collect(Collectors.toSet());
    }

    @Test
    void aRecordShowsEveryHoldOfALockOnceAndCountsEveryGrant() {
        Seeds.each(SEEDS, seed -> {
            var simulation = new Simulation(seed);
            var happenings = new ArrayList<Happening>();
            simulation.watched(happenings::add);
            var record = simulation.recorded(seed);
            simulation.play();
            var picture = new Picture();

            var summary = redrawn(record.end(new Owner(1)), picture);

            // Whose lock was taken away grants it to itself until it hears of that.
            var broken = happenings.stream().filter(one -> one.kind() == Happening.Kind.BROKEN)
                    .map(one -> one.primitive().orElseThrow().toString()).collect(Collectors.toSet());
            var locks = things(picture, Change.Kind.LOCK);
            locks.removeAll(broken);
            assertThat(picture.all(Change.Bar.class).filter(bar -> bar.what() == What.HOLD && locks.contains(bar.thing()))
                    .map(bar -> List.<Object>of(bar.thing(), bar.fence())).toList())
                    .containsExactlyInAnyOrderElementsOf(holds(happenings, record).stream().filter(hold -> locks.contains(hold.getFirst()))
                            .toList());
            long granted = happenings.stream().filter(one -> one.kind() == Happening.Kind.GRANTED).count();
            assertThat(summary.rows().stream().mapToLong(Summary.Row::grants).sum()).isEqualTo(granted + ownGrants(record));
            assertThat(picture.all(Change.Closed.class)).containsExactly(new Change.Closed(true, summary.at()));
        });
    }

    @Test
    void theTraceOfARecordKeepsTheRulesOfItsFormatAndHasASliceForEachBar() {
        Seeds.each(TRACES, seed -> {
            var simulation = new Simulation(seed);
            var record = simulation.recorded(seed);
            simulation.play();
            record.end(new Owner(1));
            var picture = new Picture();
            redrawn(record, picture);
            var bytes = new ByteArrayOutputStream();

            try (var run = record.run(); var trace = new Trace(bytes)) {
                Replay.draw(run, trace);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }

            var events = TraceRules.held(bytes.toString(StandardCharsets.UTF_8));
            assertThat(events.stream().filter(event -> event.get("ph").equals("b")).count()).isEqualTo(picture.all(Change.Bar.class).count());
            assertThat(events.stream().filter(event -> event.get("ph").equals("s")).count()).isEqualTo(picture.all(Change.Arrow.class).count());
            assertThat(events.stream().filter(event -> event.get("ph").equals("C")).count()).isEqualTo(picture.all(Change.Level.class).count());
        });
    }
}
