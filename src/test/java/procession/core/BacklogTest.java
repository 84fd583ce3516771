package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The line of items, against a sorted map; and states of it that are older than others. */
class BacklogTest {

    private static List<Payload> payloads(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> Stage.item("#" + i + "-".repeat(i % 7 == 0 ? 600 : 0))).toList();
    }

    private static List<String> texts(List<Backlog.Item> items) {
        return items.stream().map(item -> item.number() + ":" + Stage.text(item.payload()) + ":" + item.redelivered()).toList();
    }

    @Test
    void itIsALineByNumberWhateverComesAndGoes() {
        Seeds.each(200, seed -> {
            var random = Seeds.random(seed);
            var model = new TreeMap<Long, String>();
            var out = new ArrayList<Backlog.Item>();
            var backlog = Backlog.EMPTY;
            int next = 0;
            for (int step = 0; step < 300; step++) {
                int dice = random.nextInt(10);
                if (dice < 4) {
                    int more = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 5);
                    var payloads = payloads(next, next + more);
                    for (int i = 0; i < more; i++) {
                        model.put((long) next + i + 1, Stage.text(payloads.get(i)) + ":0");
                    }
                    next += more;
                    backlog = backlog.plus(payloads, 0, more);
                } else if (dice < 8) {
                    var taken = backlog.first(1 + random.nextInt(20), Integer.MAX_VALUE);
                    for (var item : taken.items()) {
                        var first = model.pollFirstEntry();
                        assertThat(item.number() + ":" + Stage.text(item.payload()) + ":" + item.redelivered())
                                .isEqualTo(first.getKey() + ":" + first.getValue());
                        out.add(item);
                    }
                    backlog = taken.rest();
                } else if (!out.isEmpty()) {
                    var item = out.remove(random.nextInt(out.size()));
                    var again = new Backlog.Item(item.number(), item.payload(), item.redelivered() + 1);
                    model.put(again.number(), Stage.text(again.payload()) + ":" + again.redelivered());
                    backlog = backlog.withReturned(again);
                }
                assertThat(backlog.size()).isEqualTo(model.size());
                assertThat(backlog.isEmpty()).isEqualTo(model.isEmpty());
                assertThat(backlog.nextNumber()).isEqualTo(next + 1);
                var seen = new HashSet<String>();
                backlog.forEach(payload -> assertThat(seen.add(Stage.text(payload))).isTrue());
                assertThat(seen).hasSize(model.size());
            }
        });
    }

    @Test
    void anOlderStateStaysAsItWas() {
        var older = Backlog.EMPTY.plus(payloads(0, 70), 0, 70);
        var one = older.plus(payloads(100, 103), 0, 3);
        var other = older.plus(payloads(200, 240), 0, 40);

        assertThat(texts(one.first(100, Integer.MAX_VALUE).items())).hasSize(73).endsWith("71:#100:0", "72:#101:0", "73:#102:0");
        assertThat(texts(other.first(200, Integer.MAX_VALUE).items())).hasSize(110).contains("71:#200:0", "110:#239:0");
        assertThat(texts(older.first(200, Integer.MAX_VALUE).items())).hasSize(70).endsWith("70:#69:0");
        assertThat(older.size()).isEqualTo(70);
    }

    @Test
    void aBatchEndsBeforeItIsTooHeavyButHasOneItem() {
        var backlog = Backlog.EMPTY.plus(payloads(0, 8), 0, 8);

        assertThat(texts(backlog.first(8, 700).items())).containsExactly("1:#0" + "-".repeat(600) + ":0", "2:#1:0", "3:#2:0", "4:#3:0",
                "5:#4:0", "6:#5:0", "7:#6:0");
        assertThat(texts(backlog.first(8, 1).items())).hasSize(1);
    }

    @Test
    void whatWasHandedOutIsNotKeptInMemoryForLong() {
        var backlog = Backlog.EMPTY.plus(payloads(0, 1000), 0, 1000);
        var rest = backlog.first(999, Integer.MAX_VALUE).rest();

        assertThat(rest.size()).isEqualTo(1);
        assertThat(rest.first(1, 1).rest()).usingRecursiveComparison().isEqualTo(Backlog.EMPTY.plus(payloads(0, 1000), 0, 1000)
                .first(1000, Integer.MAX_VALUE).rest());
    }
}
