package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import procession.core.Command.ForMap;
import procession.core.Command.ReadMap;
import procession.core.Command.ReadMore;
import procession.core.Command.WriteValue;

/** What the model of a map does not tell: maps that take several answers, what becomes of handles then, and room. */
class MapMachineTest {

    private static final long ANY = WriteValue.ANY;

    private final Stage<MapMachine, ForMap> map = Stage.of(new Spec.SharedMap());

    private static Payload big(String text) {
        return Stage.item(text.repeat(50_000));
    }

    private Ticket put(String key, Payload value) {
        return map.asks(ANNA, new WriteValue(Stage.item(key), value, ANY, false));
    }

    private Reply.Entries entries(Ticket ticket) {
        return (Reply.Entries) map.reply(ticket);
    }

    @Test
    void aMapThatTakesSeveralAnswersIsReadAsItWasAtFirst() {
        for (var key : List.of("a", "b", "c", "d", "e")) {
            put(key, big(key));
        }
        var first = map.asks(BEN, 1, new ReadMap());
        put("f", big("f"));
        put("e", Stage.item("other"));
        map.asks(ANNA, new Command.ClearMap());

        var read = new ArrayList<>(entries(first).entries());
        for (var part = entries(first); part.more();) {
            part = entries(map.asks(BEN, 7, new ReadMore(first.id())));
            assertThat(part.version()).isEqualTo(5);
            read.addAll(part.entries());
        }

        assertThat(read.stream().map(entry -> Stage.text(entry.key()))).containsExactly("a", "b", "c", "d", "e");
        assertThat(read.getLast().payload()).isEqualTo(big("e"));
        assertThat(map.refusal(map.asks(BEN, new ReadMore(first.id())))).isEqualTo(Refusals.NOT_FOUND);
        assertThat(map.machine().readings()).isEmpty();
    }

    @Test
    void whatAProcessWasReadingIsForgottenWithIt() {
        put("a", big("a"));
        put("b", big("b"));
        put("c", big("c"));
        map.asks(BEN, new ReadMap());
        assertThat(map.machine().readings()).hasSize(1);

        map.departs(BEN);

        assertThat(map.machine().readings()).isEmpty();
    }

    @Test
    void whoReadsAMapGetsCopiesOfAllHandlesInItWithTheFirstAnswer() {
        put("a", big("a"));
        put("b", big("b"));
        put("c", Stage.carrying("c"));
        map.takeSettlements();

        var first = map.asks(BEN, new ReadMap());

        assertThat(entries(first).entries()).hasSize(1);
        assertThat(map.takeSettlements()).containsExactly(new Settlement.Copied(first, new Payload(0, new byte[0],
                Stage.carrying("c").carried())));
    }

    @Test
    void aValueForWhichThereIsNoRoomIsRefusedAndASmallerOneIsNot() {
        Stage<MapMachine, ForMap> small = Stage.of(new Spec.SharedMap(), 10);
        var key = Stage.item("k");
        small.asks(ANNA, new WriteValue(key, Stage.item("123456789"), ANY, false));

        var refused = small.asks(ANNA, new WriteValue(key, Stage.carrying("1234567890"), ANY, true));
        var smaller = small.asks(ANNA, new WriteValue(key, Stage.item("1"), ANY, false));

        assertThat(small.refusal(refused)).isEqualTo(Refusals.FULL);
        assertThat(small.takeSettlements()).containsExactly(new Settlement.Discarded(Stage.carrying("1234567890")));
        assertThat(small.reply(smaller)).isEqualTo(new Reply.Stored(2));
        assertThat(small.count("bytes")).isEqualTo(2);
    }
}
