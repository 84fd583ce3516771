package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import procession.core.Happening;
import procession.core.Happening.Kind;
import procession.core.PrimitiveId;
import procession.record.OwnCall;
import procession.view.Change.Bar.What;

class TimelineTest {

    private static final PrimitiveId ID = new PrimitiveId(1, 1);
    private static final String THING = "1.1";
    private static final long ANNA = 2;
    private static final long BEN = 3;
    private static final List<String> NAMES = List.of("", "main", "anna", "ben");
    private static final long BEGIN = 5_000;

    private Timeline timeline = new Timeline(BEGIN);
    private Picture picture = new Picture();
    private long step;
    private long now = BEGIN;

    @BeforeEach
    void annaAndBenTakePart() {
        process(Kind.PROCESS_STARTED, ANNA, "pid 12");
        process(Kind.PROCESS_STARTED, BEN, "pid 13, joined");
    }

    private void process(Kind kind, long owner, String detail) {
        draw(new Happening(++step, ++now, kind, owner, NAMES.get((int) owner), Optional.empty(), Optional.empty(), 0, 0, 1, 0, detail));
    }

    private void draw(Happening happening) {
        picture.draw(timeline.on(happening));
    }

    private void next(Kind kind, long owner, long request, long number, int units, String detail) {
        step++;
        now++;
        and(kind, owner, request, number, units, detail);
    }

    /** In the same step of the keeper. */
    private void and(Kind kind, long owner, long request, long number, int units, String detail) {
        draw(new Happening(step, now, kind, owner, NAMES.get((int) owner), Optional.of(ID), Optional.of("it"), 1, request, number, units,
                detail));
    }

    private void made(String spec) {
        next(Kind.MADE, 0, 0, 0, 0, spec);
    }

    private void acquired(long owner, long request, long fence) {
        next(Kind.ASKED, owner, request, 0, 0, "AcquireLock");
        and(Kind.GRANTED, owner, request, fence, 1, "");
    }

    private Summary.Row row() {
        return timeline.summary().rows().getFirst();
    }

    @Test
    void lanesTellWhoTakesPartAndHowTheyEnded() {
        process(Kind.PROCESS_ENDED, ANNA, "killed by signal 9");
        process(Kind.PROCESS_ENDED, BEN, "left the run");

        assertThat(picture.all(Change.Lane.class)).containsExactly(
                new Change.Lane(ANNA, "anna", 12, 1, false, 1), new Change.Lane(BEN, "ben", 13, 1, true, 2));
        assertThat(picture.all(Change.Gone.class)).containsExactly(
                new Change.Gone(ANNA, "killed by signal 9", true, 3), new Change.Gone(BEN, "left the run", false, 4));
    }

    @Test
    void whoIsAnsweredAtOnceHasNotWaited() {
        made("a lock");

        acquired(ANNA, 1, 1);
        picture.draw(timeline.quiet());

        assertThat(picture.open()).extracting(Change.Bar::what).containsExactly(What.HOLD);
        assertThat(row().grants()).isEqualTo(1);
        assertThat(row().contended()).isZero();
    }

    @Test
    void whoWaitsIsShownWhenSomethingElseComes() {
        made("a lock");
        acquired(ANNA, 1, 1);
        next(Kind.ASKED, BEN, 1, 0, 0, "AcquireLock");
        assertThat(picture.open(THING, What.WAIT)).isEmpty();

        next(Kind.ASKED, ANNA, 2, 0, 0, "SetEvent");

        assertThat(picture.open(THING, What.WAIT)).extracting(Change.Bar::lane, Change.Bar::wants).containsExactly(
                Tuple.tuple(BEN, "to acquire it"));
    }

    @Test
    void aReleaseLeadsToTheGrantThatItMade() {
        made("a lock");
        acquired(ANNA, 1, 1);
        next(Kind.ASKED, BEN, 1, 0, 0, "AcquireLock");
        next(Kind.ASKED, ANNA, 2, 1, 0, "ReleaseLock");
        and(Kind.RELEASED, ANNA, 2, 1, 0, "");
        and(Kind.GRANTED, BEN, 1, 2, 1, "");

        long at = now - BEGIN;
        assertThat(picture.all(Change.Arrow.class)).containsExactly(new Change.Arrow(THING, Change.Arrow.What.HANDOVER,
                new Change.Point(ANNA, at), new Change.Point(BEN, at)));
        assertThat(picture.open()).singleElement().satisfies(bar -> {
            assertThat(bar.fence()).isEqualTo(2);
            assertThat(bar.waited()).isEqualTo(1);
        });
        assertThat(row().contended()).isEqualTo(1);
        assertThat(row().longestWait()).isEqualTo(1);
        assertThat(row().longestHold()).isEqualTo(2);
    }

    @Test
    void theGrantAfterADeathNamesTheDead() {
        made("a lock");
        acquired(ANNA, 1, 1);
        next(Kind.ASKED, BEN, 1, 0, 0, "AcquireLock");
        process(Kind.PROCESS_ENDED, ANNA, "killed by signal 9");
        and(Kind.ABANDONED, BEN, 1, ANNA, 0, "anna killed by signal 9");
        and(Kind.GRANTED, BEN, 1, 2, 1, "");

        assertThat(picture.open()).singleElement().extracting(Change.Bar::after).isEqualTo("anna");
        assertThat(picture.all(Change.Mark.class)).extracting(Change.Mark::what).containsExactly(Change.Mark.What.ABANDONED);
        assertThat(picture.all(Change.Arrow.class)).singleElement().extracting(Change.Arrow::what).isEqualTo(Change.Arrow.What.HANDOVER);
    }

    @Test
    void aLevelMoreOfAHoldChangesItsUnits() {
        made("a re-entrant lock");
        acquired(ANNA, 1, 1);

        acquired(ANNA, 2, 1);

        assertThat(picture.open()).singleElement().satisfies(bar -> assertThat(picture.units(bar)).isEqualTo(2));
        assertThat(row().grants()).isEqualTo(2);
    }

    @Test
    void aWaitForAConditionGivesTheLockUp() {
        made("a lock");
        acquired(ANNA, 1, 1);
        next(Kind.ASKED, ANNA, 2, 1, 0, "AwaitCondition");
        and(Kind.RELEASED, ANNA, 2, 1, 1, "full");
        acquired(BEN, 1, 2);
        assertThat(picture.open(THING, What.WAIT)).extracting(Change.Bar::wants).containsExactly("for condition full");

        next(Kind.ASKED, BEN, 2, 2, 1, "Signal");
        and(Kind.SIGNALLED, ANNA, 2, 0, 0, "full");
        picture.draw(timeline.quiet());

        assertThat(picture.open(THING, What.WAIT)).extracting(Change.Bar::wants).containsExactly("to acquire it again");
        assertThat(picture.all(Change.Arrow.class)).extracting(Change.Arrow::what).containsExactly(Change.Arrow.What.WAKE);
        assertThat(row().waits()).as("to sleep is no wait for the lock").isZero();
    }

    private void lentToAnnaAndKept() {
        made("a lock");
        next(Kind.ASKED, ANNA, 1, 0, 0, "AcquireLock");
        and(Kind.LENT, ANNA, 1, 1, 65_536, "");
        and(Kind.GRANTED, ANNA, 1, 1, 1, "");
        next(Kind.ASKED, ANNA, 2, 1, 0, "KeepLock");
        and(Kind.RELEASED, ANNA, 2, 1, 1, "");
    }

    @Test
    void aLoanTellsByItsFencesHowManyHoldsItWas() {
        lentToAnnaAndKept();
        next(Kind.ASKED, BEN, 1, 0, 0, "AcquireLock");
        and(Kind.CALLED_IN, ANNA, 0, 1, 0, "");
        next(Kind.ASKED, ANNA, 3, 8, 0, "ReturnLoan");
        and(Kind.HANDED_BACK, ANNA, 3, 8, 0, "");

        assertThat(picture.all(Change.End.class).filter(end -> end.how().equals("handed back"))).singleElement()
                .extracting(Change.End::grants).isEqualTo(7L);
        assertThat(row().grants()).isEqualTo(8);
    }

    @Test
    void whereBorrowersTellEachHoldOfALoanHasItsBar() {
        timeline = Timeline.ofRecord(BEGIN);
        picture = new Picture();
        annaAndBenTakePart();
        lentToAnnaAndKept();
        for (long fence = 2; fence <= 3; fence++) {
            picture.draw(timeline.own(new OwnCall.Granted(++now, ANNA, 1, ID, fence)));
            picture.draw(timeline.own(new OwnCall.Released(++now, ANNA, ID, fence, false)));
        }
        next(Kind.ASKED, ANNA, 3, 3, 0, "ReturnLoan");
        and(Kind.HANDED_BACK, ANNA, 3, 3, 0, "");

        assertThat(picture.all(Change.Bar.class).filter(bar -> bar.what() == What.HOLD)).extracting(Change.Bar::fence).containsExactly(1L, 2L, 3L);
        assertThat(row().grants()).isEqualTo(3);
        assertThat(picture.open()).isEmpty();
    }

    @Test
    void permitsAreOwedByWhoTookThem() {
        made("a semaphore of 3");
        next(Kind.ASKED, ANNA, 1, 0, 2, "AcquirePermits");
        and(Kind.GRANTED, ANNA, 1, 1, 2, "");
        next(Kind.ASKED, BEN, 1, 0, 1, "ReleasePermits");
        and(Kind.RELEASED, BEN, 1, 0, 1, "");

        assertThat(picture.levels(THING)).containsEntry("permits", 2L);
        assertThat(picture.open()).singleElement().satisfies(bar -> assertThat(picture.units(bar)).isEqualTo(1));
    }

    @Test
    void anItemGoesFromWhoPutItToWhoGotIt() {
        made("a joinable queue without a bound");
        next(Kind.ASKED, ANNA, 1, 0, 0, "Put");
        and(Kind.PUT, ANNA, 1, 1, 0, "");
        long put = now - BEGIN;
        next(Kind.ASKED, BEN, 1, 0, 0, "Get");
        and(Kind.GOT, BEN, 1, 1, 0, "");

        assertThat(picture.all(Change.Arrow.class)).containsExactly(new Change.Arrow(THING, Change.Arrow.What.ITEM,
                new Change.Point(ANNA, put), new Change.Point(BEN, now - BEGIN)));
        assertThat(picture.open(THING, What.HOLD)).extracting(Change.Bar::lane, Change.Bar::wants).containsExactly(
                Tuple.tuple(BEN, "item 1"));
        assertThat(picture.levels(THING)).containsEntry("size", 0L).containsEntry("unfinished", 1L);
        assertThat(row().in()).isEqualTo(1);
        assertThat(row().out()).isEqualTo(1);
        assertThat(row().deepest()).isEqualTo(1);
    }

    @Test
    void behindAGapNothingIsShownThatIsNotKnown() {
        made("a semaphore of 3");
        next(Kind.ASKED, ANNA, 1, 0, 2, "AcquirePermits");
        and(Kind.GRANTED, ANNA, 1, 1, 2, "");
        next(Kind.ASKED, BEN, 1, 0, 2, "AcquirePermits");

        picture.draw(timeline.gap(++now, 7));
        next(Kind.ASKED, ANNA, 9, 1, 2, "ReleasePermits");
        and(Kind.RELEASED, ANNA, 9, 1, 2, "");

        assertThat(picture.open()).isEmpty();
        assertThat(picture.all(Change.End.class)).extracting(Change.End::how).containsOnly("unknown");
        assertThat(picture.all(Change.Mark.class)).singleElement().satisfies(mark -> {
            assertThat(mark.what()).isEqualTo(Change.Mark.What.GAP);
            assertThat(mark.text()).isEqualTo("7 happenings are missing here");
        });
        assertThat(picture.all(Change.Level.class)).as("permits, as long as they were known").hasSize(2);
    }

    @Test
    void whatIsMetInTheMiddleIsTakenForWhatItIsAskedFor() {
        next(Kind.ASKED, ANNA, 7, 0, 0, "AcquireLock");
        and(Kind.GRANTED, ANNA, 7, 40, 1, "");

        assertThat(picture.all(Change.Thing.class)).containsExactly(
                new Change.Thing(THING, "lock 'it'", Change.Kind.LOCK, "", 0, now - BEGIN));
        assertThat(picture.open(THING, What.HOLD)).extracting(Change.Bar::fence).containsExactly(40L);
    }

    @Test
    void whatIsGoneIsForgottenButForItsFigures() {
        var timeline = new Timeline(0);
        var changes = new ArrayList<Change>();
        for (long i = 1; i <= 3000; i++) {
            var id = Optional.of(new PrimitiveId(1, i));
            changes.addAll(timeline.on(new Happening(i, i, Kind.MADE, 1, "main", id, Optional.empty(), 0, 0, 0, 0, "a lock")));
            changes.addAll(timeline.on(new Happening(i, i, Kind.GRANTED, 1, "main", id, Optional.empty(), 1, i, i, 1, "")));
            changes.addAll(timeline.on(new Happening(i, i, Kind.OVER, 0, "", id, Optional.empty(), 0, 0, 0, 0, "")));
        }

        var rows = timeline.summary().rows();

        assertThat(rows).hasSize(1001);
        assertThat(rows.getFirst().label()).isEqualTo("2000 more that are gone");
        assertThat(rows.stream().mapToLong(Summary.Row::grants).sum()).isEqualTo(3000);
    }
}
