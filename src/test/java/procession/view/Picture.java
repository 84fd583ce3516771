package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import procession.view.Change.Bar.What;

/** A picture as one who draws it would have it; and what must be so of every change. */
public final class Picture {

    private final Map<Long, Change.Lane> lanes = new LinkedHashMap<>();
    private final Set<Long> gone = new HashSet<>();
    private final Map<String, Change.Thing> things = new HashMap<>();
    private final Map<Long, Change.Bar> open = new LinkedHashMap<>();
    private final Map<Long, Integer> units = new HashMap<>();
    private final Map<String, Map<String, Long>> levels = new HashMap<>();
    private final List<Change> all = new ArrayList<>();
    private long lastBar;
    private boolean closed;

    /** Draws changes. */
    public void draw(List<Change> changes) {
        changes.forEach(this::draw);
    }

    private void draw(Change change) {
        assertThat(closed).as("something follows the end: %s", change).isFalse();
        all.add(change);
        switch (change) {
            case Change.Lane lane -> assertThat(lanes.put(lane.id(), lane)).as("a lane comes once: %s", lane).isNull();
            case Change.Gone over -> {
                assertThat(lanes).as("who goes was there: %s", over).containsKey(over.id());
                assertThat(gone.add(over.id())).as("who goes goes once: %s", over).isTrue();
                assertThat(open.values()).as("who is gone has no open bars: %s", over).noneMatch(bar -> bar.lane() == over.id());
            }
            case Change.Thing thing -> assertThat(things.put(thing.id(), thing)).as("a thing comes once: %s", thing).isNull();
            case Change.Over over -> {
                assertThat(things.remove(over.id())).as("what is over was there: %s", over).isNotNull();
                assertThat(open.values()).as("what is over has no open bars: %s", over).noneMatch(bar -> bar.thing().equals(over.id()));
                levels.remove(over.id());
            }
            case Change.Bar bar -> draw(bar);
            case Change.Units more -> {
                assertThat(open).as("what changes is open: %s", more).containsKey(more.id());
                assertThat(more.units()).isPositive();
                units.put(more.id(), more.units());
            }
            case Change.End end -> {
                var bar = open.remove(end.id());
                assertThat(bar).as("a bar ends once: %s", end).isNotNull();
                assertThat(end.at()).as("a bar ends behind its beginning: %s of %s", end, bar).isGreaterThanOrEqualTo(bar.at());
                assertThat(end.how()).isNotEmpty();
                units.remove(end.id());
            }
            case Change.Level level -> {
                assertThat(things).as("a level is of a thing: %s", level).containsKey(level.thing());
                levels.computeIfAbsent(level.thing(), id -> new HashMap<>()).put(level.name(), level.value());
            }
            case Change.Arrow arrow -> {
                assertThat(things).containsKey(arrow.thing());
                assertThat(lanes).as("arrows are between lanes: %s", arrow).containsKeys(arrow.from().lane(), arrow.to().lane());
                assertThat(arrow.to().at()).isGreaterThanOrEqualTo(arrow.from().at());
            }
            case Change.Mark mark -> { }
            case Change.Closed over -> closed = true;
        }
    }

    private void draw(Change.Bar bar) {
        assertThat(bar.id()).as("bars are numbered: %s", bar).isEqualTo(lastBar + 1);
        lastBar = bar.id();
        assertThat(things).as("a bar is of a thing: %s", bar).containsKey(bar.thing());
        assertThat(lanes).as("a bar is in a lane: %s", bar).containsKey(bar.lane());
        assertThat(gone).as("a bar is of one that is there: %s", bar).doesNotContain(bar.lane());
        if (bar.what() == What.HOLD && things.get(bar.thing()).kind() == Change.Kind.LOCK) {
            assertThat(open(bar.thing(), What.HOLD)).as("holds of a lock do not overlap: %s", bar).isEmpty();
        }
        open.put(bar.id(), bar);
        if (bar.what() == What.HOLD) {
            assertThat(bar.units()).as("who holds holds something: %s", bar).isPositive();
        }
        units.put(bar.id(), bar.units());
    }

    /** The bars of a thing that are open. */
    public List<Change.Bar> open(String thing, What what) {
        return open.values().stream().filter(bar -> bar.thing().equals(thing) && bar.what() == what).toList();
    }

    /** All bars that are open. */
    public List<Change.Bar> open() {
        return List.copyOf(open.values());
    }

    /** How many units a bar has now. */
    public int units(Change.Bar bar) {
        return units.get(bar.id());
    }

    /** The levels of a thing, by name. */
    public Map<String, Long> levels(String thing) {
        return levels.getOrDefault(thing, Map.of());
    }

    /** All changes of a sort. */
    public <C extends Change> Stream<C> all(Class<C> sort) {
        return all.stream().filter(sort::isInstance).map(sort::cast);
    }
}
