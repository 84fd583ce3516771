package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept for who comes later. */
class KeptChangesTest {

    private static final Header HEADER = new Header("run", "", "2026-11-28T05:00:00Z", 1);

    private final KeptChanges kept = new KeptChanges(HEADER, 4);

    private void lane(long id) {
        kept.add(List.of(new Change.Lane(id, "p" + id, 0, 0, false, id)));
    }

    private void thing(String id) {
        kept.add(List.of(new Change.Thing(id, "lock " + id, Change.Kind.LOCK, "", 0, 0)));
    }

    private void bar(long id) {
        kept.add(List.of(new Change.Bar(id, 1, "1.1", Change.Bar.What.HOLD, "", id, 1, "", 0, 0, "", id)));
    }

    private void end(long id) {
        kept.add(List.of(new Change.End(id, "released", 0, id)));
    }

    private void level(long value) {
        kept.add(List.of(new Change.Level("1.1", "permits", value, value)));
    }

    private static List<String> briefly(List<String> lines) {
        return lines.stream().map(line -> line.replaceFirst("\\{\"c\":\"(\\w+)\".*?(?:\"(?:id|value)\":(\"?[\\d.]+\"?).*)?}$", "$1 $2").strip()).toList();
    }

    @Test
    void aReaderGetsTheHeaderThenAllInTheirOrder() throws Exception {
        lane(1);
        thing("1.1");
        bar(1);

        assertThat(briefly(kept.reader().next(100, 0))).containsExactly("header", "lane 1", "thing \"1.1\"", "bar 1");
    }

    @Test
    void aReaderGetsOnlyWhatIsNewAfterwards() throws Exception {
        lane(1);
        var reader = kept.reader();
        reader.next(100, 0);
        lane(2);

        assertThat(briefly(reader.next(100, 0))).containsExactly("lane 2");
    }

    @Test
    void whatLastsIsKeptWhenItIsOldAndWhatHasEndedIsForgotten() throws Exception {
        lane(1);
        thing("1.1");
        bar(1);
        bar(2);
        end(1);
        for (int value = 1; value <= 6; value++) {
            level(value);
        }

        assertThat(briefly(kept.reader().next(100, 0)))
                .containsExactly("header", "lane 1", "thing \"1.1\"", "bar 2", "level 2", "mark", "level 3", "level 4", "level 5", "level 6");
    }

    @Test
    void howMuchIsForgottenIsSaid() throws Exception {
        for (int value = 1; value <= 7; value++) {
            level(value);
        }

        assertThat(kept.reader().next(100, 0)).anyMatch(line -> line.contains("GAP") && line.contains("\"2 older bars, arrows"));
    }

    @Test
    void aThingThatIsOverIsForgottenWithItsLevels() throws Exception {
        thing("1.1");
        level(1);
        kept.add(List.of(new Change.Over("1.1", 1)));
        for (long id = 1; id <= 4; id++) {
            lane(id);
        }

        assertThat(briefly(kept.reader().next(100, 0))).containsExactly("header", "mark", "lane 1", "lane 2", "lane 3", "lane 4");
    }

    @Test
    void aReaderThatFallsBehindBeginsAgainWithTheHeader() throws Exception {
        lane(1);
        var reader = kept.reader();
        reader.next(100, 0);
        for (int value = 1; value <= 9; value++) {
            level(value);
        }

        assertThat(briefly(reader.next(100, 0))).startsWith("header", "lane 1").endsWith("level 6", "level 7", "level 8", "level 9");
    }

    @Test
    void aReaderOfPartsMissesNothing() throws Exception {
        for (long id = 1; id <= 4; id++) {
            lane(id);
        }
        var reader = kept.reader();

        assertThat(briefly(reader.next(3, 0))).containsExactly("header", "lane 1", "lane 2", "lane 3");
        assertThat(reader.hasMore()).isTrue();
        assertThat(briefly(reader.next(3, 0))).containsExactly("lane 4");
    }

    @Test
    void aSummaryIsReadOnceAndOnlyTheLatest() throws Exception {
        kept.add(new Summary(1, List.of()));
        kept.add(new Summary(2, List.of()));
        var reader = kept.reader();

        assertThat(reader.next(100, 0)).endsWith("{\"c\":\"summary\",\"at\":0.002,\"rows\":[]}").hasSize(2);
        assertThat(reader.next(100, 0)).isEmpty();
    }

    @Test
    void aReaderIsDoneWhenThePictureIsClosedAndRead() throws Exception {
        kept.add(List.of(new Change.Closed(true, 5)));
        var reader = kept.reader();
        assertThat(reader.isDone()).isFalse();

        reader.next(100, 0);

        assertThat(reader.isDone()).isTrue();
    }
}
