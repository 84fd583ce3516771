package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the Trace Event Format, as far as our traces use it, checked with a parser that is not the one they are written with; and
 * what Perfetto's importer needs besides: arrows whose ends are on slices of threads, and moments that do not cut into other slices.
 */
public final class TraceRules {

    private static final Set<String> PHASES = Set.of("M", "X", "b", "e", "C", "s", "f", "i");

    /** Names a slice as the format does. */
    private record Async(Object id, Object category, Object name, Object pid) {
        static Async of(Map<String, Object> event) {
            return new Async(event.get("id"), event.get("cat"), event.get("name"), event.get("pid"));
        }
    }

    private record Place(Object pid, Object tid, double at) {
        static Place of(Map<String, Object> event) {
            return new Place(event.get("pid"), event.get("tid"), time(event, "ts"));
        }
    }

    private TraceRules() {}

    /** The events of a trace that keeps the rules. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> held(String trace) {
        var root = ConfigFactory.parseString(trace, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON)).root().unwrapped();
        assertThat(root).containsKeys("traceEvents", "otherData").containsEntry("displayTimeUnit", "ms");
        var events = (List<Map<String, Object>>) root.get("traceEvents");
        everyEventIsWhole(events);
        everySliceHasOneEnd(events);
        everyArrowGoesFromASliceToASlice(events);
        everyProcessAndThreadHasAName(events);
        return events;
    }

    private static double time(Map<String, Object> event, String field) {
        assertThat(event.get(field)).as("%s of %s", field, event).isInstanceOf(Number.class);
        return ((Number) event.get(field)).doubleValue();
    }

    private static void everyEventIsWhole(List<Map<String, Object>> events) {
        for (var event : events) {
            var phase = (String) event.get("ph");
            assertThat(PHASES).as("%s", event).contains(phase);
            assertThat(event).as("%s", event).containsKeys("name", "pid", "tid");
            assertThat(time(event, "ts")).as("%s", event).isFinite().isNotNegative();
            switch (phase) {
                case "X" -> assertThat(time(event, "dur")).as("%s", event).isFinite().isNotNegative();
                case "b", "e", "s", "f" -> assertThat(event).as("%s", event).containsKeys("id", "cat");
                case "C" -> assertThat(((Map<?, ?>) event.get("args")).values()).as("%s", event).isNotEmpty()
                        .allSatisfy(value -> assertThat(value).isInstanceOf(Number.class));
                case "i" -> assertThat(event.get("s")).as("%s", event).isIn("g", "p", "t");
                default -> { }
            }
        }
    }

    private static void everySliceHasOneEnd(List<Map<String, Object>> events) {
        var begun = new HashMap<Async, Double>();
        var seen = new HashSet<Async>();
        for (var event : events) {
            if (event.get("ph").equals("b")) {
                assertThat(seen.add(Async.of(event))).as("an id names one slice: %s", event).isTrue();
                begun.put(Async.of(event), time(event, "ts"));
            } else if (event.get("ph").equals("e")) {
                assertThat(begun).as("what ends has begun: %s", event).containsKey(Async.of(event));
                assertThat(time(event, "ts")).as("%s", event).isGreaterThanOrEqualTo(begun.remove(Async.of(event)));
            }
        }
        assertThat(begun).as("slices without an end").isEmpty();
    }

    private static void everyArrowGoesFromASliceToASlice(List<Map<String, Object>> events) {
        var moments = new HashSet<Place>();
        var begun = new HashMap<Object, Map<String, Object>>();
        var seen = new HashSet<>();
        for (var event : events) {
            switch ((String) event.get("ph")) {
                case "X" -> {
                    if (time(event, "dur") == 0) {
                        moments.add(Place.of(event));
                    }
                }
                case "s" -> {
                    assertThat(moments).as("an arrow begins at a slice before it: %s", event).contains(Place.of(event));
                    assertThat(seen.add(event.get("id"))).as("an id names one arrow: %s", event).isTrue();
                    begun.put(event.get("id"), event);
                }
                case "f" -> {
                    assertThat(event).as("it binds to the slice that encloses it").containsEntry("bp", "e");
                    assertThat(moments).as("an arrow ends at a slice before it: %s", event).contains(Place.of(event));
                    var from = begun.remove(event.get("id"));
                    assertThat(from).as("an arrow that ends has begun: %s", event).isNotNull();
                    assertThat(List.of(event.get("cat"), event.get("name"))).isEqualTo(List.of(from.get("cat"), from.get("name")));
                    assertThat(time(event, "ts")).as("%s from %s", event, from).isGreaterThanOrEqualTo(time(from, "ts"));
                }
                default -> { }
            }
        }
        assertThat(begun).as("arrows without an end").isEmpty();
        assertThat(events.stream().filter(event -> event.get("ph").equals("X") && time(event, "dur") > 0)
                .map(event -> List.of(event.get("pid"), event.get("tid"))).toList())
                .as("a slice with a duration has its thread for itself").doesNotHaveDuplicates();
    }

    private static void everyProcessAndThreadHasAName(List<Map<String, Object>> events) {
        var processes = new HashSet<>();
        var threads = new HashSet<>();
        for (var event : events) {
            if (event.get("name").equals("process_name")) {
                assertThat(processes.add(event.get("pid"))).as("a pid is of one process: %s", event).isTrue();
            } else if (event.get("name").equals("thread_name")) {
                threads.add(List.of(event.get("pid"), event.get("tid")));
            }
        }
        assertThat(events).allSatisfy(event -> assertThat(processes).as("%s", event).contains(event.get("pid")));
        assertThat(events.stream().filter(event -> "Xsf".contains((String) event.get("ph")))).allSatisfy(event ->
                assertThat(threads).as("%s", event).contains(List.of(event.get("pid"), event.get("tid"))));
    }
}
