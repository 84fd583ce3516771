package procession.record;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Happening.Kind.ABANDONED;
import static procession.core.Happening.Kind.GRANTED;
import static procession.record.ByHand.ANNA;
import static procession.record.ByHand.BEN;
import static procession.record.ByHand.CLEO;

import org.junit.jupiter.api.Test;
import procession.core.Sent;

class JudgementTest {

    private final ByHand record = ByHand.with("a lock");

    @Test
    void aWholeRecordHasNoReservations() {
        record.acquires(ANNA, 1, 1);
        record.releases(ANNA, 2, 1);
        record.end();

        var judgement = record.judge();

        assertThat(judgement.reservations()).isEmpty();
        assertThat(judgement.isComplete()).isTrue();
        assertThat(judgement.violations()).isEmpty();
        assertThat(judgement.run()).isEqualTo("by-hand");
    }

    @Test
    void whatIsMissingIsToldWithWhatCouldNotBeJudged() {
        record.write(new Line.Dropped(0, 0, "", 34));
        record.write(new Line.Dropped(0, ANNA, "anna", 2));
        record.end();

        assertThat(record.judge().reservations()).singleElement().asString()
                .contains("34 lines of the keeper are missing", "2 lines of anna are missing")
                .contains("Not judged, or only before that or in part: mutual exclusion, locks pass on, deaths are told")
                .doesNotContain("fences rise", "the dead are silent");
    }

    @Test
    void afterAGapTheKeeperIsNotFollowed() {
        record.write(new Line.Dropped(0, 0, "", 34));
        record.asks(ANNA, 1, "AcquireLock", 0, 0);
        record.asks(BEN, 1, "AcquireLock", 0, 0);
        record.end();

        record.isClean();
    }

    @Test
    void whatWasFoundBeforeAGapStands() {
        int asked = record.asks(ANNA, 1, "AcquireLock", 0, 0);
        record.ended(CLEO, "returned");
        record.write(new Line.Dropped(0, 0, "", 34));
        record.end();

        record.breaks("locks pass on", asked);
    }

    @Test
    void tornLinesAreCounted() {
        record.raw("{\"type\":\"inv").end();

        assertThat(record.judge().reservations()).singleElement().asString().startsWith("1 line is torn");
    }

    @Test
    void aRunThatWasCutShortIsSaidToBe() {
        record.write(new Line.End(0, 1, false));

        assertThat(record.judge().reservations()).singleElement().asString().startsWith("The run was cut short;");
        assertThat(record.judge().isComplete()).isFalse();
    }

    @Test
    void ofManyViolationsTheFirstAreTold() {
        for (int request = 1; request <= 15; request++) {
            record.invoked(ANNA, request, "AcquireLock");
        }
        record.end();

        assertThat(record.judge().violations()).hasSize(10);
        assertThat(record.judge().moreViolations()).isEqualTo(5);
    }

    @Test
    void linesAreToldInWords() {
        record.ended(ANNA, "killed by signal 9");
        record.invoked(ANNA, 1, "AcquireLock");
        record.end();

        assertThat(record.judge().violations()).first().satisfies(violation -> assertThat(violation.lines())
                .extracting(Violation.Cited::words).containsExactly(
                        "0.000006 s, the keeper, step 6: process ended, anna, killed by signal 9",
                        "0.000007 s, anna asks: AcquireLock, lock 1.1, request 1"));
    }

    @Test
    void figuresAreCountedAndMeasured() {
        record.invoked(ANNA, 1, "AcquireLock", 0, 0, "", 5_000, false); // 5 µs
        record.asked(ANNA, 1, "AcquireLock", 0, 0);
        record.then(GRANTED, ANNA, 1, 1, 1, "");
        record.later(20).returned(ANNA, 1, "Granted", 1, 1); // 23 µs later
        record.invoked(BEN, 1, "AcquireLock", 0, 0, "", Sent.FOR_EVER, false);
        record.asked(BEN, 1, "AcquireLock", 0, 0);
        record.ended(ANNA, "killed by signal 9");
        record.then(ABANDONED, BEN, 1, ANNA, 0, "");
        record.then(GRANTED, BEN, 1, 2, 1, "");
        record.returned(BEN, 1, "Granted", "", 2, 1, ANNA, ""); // 3 µs after the end of Anna.
        record.end();

        var figures = record.judge().figures();

        assertThat(figures.processes()).isEqualTo(4);
        assertThat(figures.deaths()).isEqualTo(1);
        assertThat(figures.calls()).isEqualTo(2);
        assertThat(figures.grants()).isEqualTo(2);
        assertThat(figures.beyondTimeout()).isEqualTo(new Figures.Times(1, 18_000, 18_000, 18_000));
        assertThat(figures.takeovers()).isEqualTo(new Figures.Times(1, 3_000, 3_000, 3_000));
    }

    @Test
    void ranksAreOfTheNearest() {
        assertThat(Figures.Times.of(java.util.stream.LongStream.rangeClosed(1, 200))).isEqualTo(new Figures.Times(200, 100, 198, 200));
    }
}
