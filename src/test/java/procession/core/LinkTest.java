package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;

class LinkTest {

    private static final long MILLI = 1_000_000L;

    /** A message: a number, and bytes. */
    record Note(int number, Payload payload) implements Bulk<Note> {
        @Override
        public Payload bulk() {
            return payload;
        }

        @Override
        public Note withBulk(Payload changed) {
            return new Note(number, changed);
        }
    }

    private final Link<Note, Note> here = new Link<>();
    private final Link<Note, Note> there = new Link<>();

    private static Note note(int number, int size) {
        var bytes = new byte[size];
        new Random(number).nextBytes(bytes);
        return new Note(number, new Payload(1, bytes, List.of()));
    }

    private static Note note(int number) {
        return note(number, number % 7);
    }

    private static List<Frame<Note>> transmitted(Link<Note, Note> link, long now) {
        var frames = new ArrayList<Frame<Note>>();
        for (var frame = link.transmit(now); frame.isPresent(); frame = link.transmit(now)) {
            frames.add(frame.get());
        }
        return frames;
    }

    private static List<Note> received(Link<Note, Note> link, Frame<Note> frame) {
        return link.receive(frame, 0).stream().map(Link.Received::message).toList();
    }

    private static int bytes(Frame<Note> frame) {
        return frame.elements().stream().mapToInt(element -> switch (element) {
            case Frame.Fragment<Note> fragment -> fragment.bytes().length;
            case Frame.Whole<Note> whole -> whole.message().payload().size();
        }).sum();
    }

    // What crosses, and how.

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "65536, 1", "65537, 3", "131072, 3", "1048576, 17", "16777216, 257"})
    @Row("G07")
    void aPayloadAbove64KiBCrossesInFragmentsAllOrNothing(int size, int elements) {
        var sent = note(1, size);
        here.send(sent);

        var got = new ArrayList<Note>();
        int crossed = 0;
        while (!here.isFlushed()) {
            for (var frame : transmitted(here, 0)) {
                assertThat(got).isEmpty();
                assertThat(bytes(frame)).isLessThanOrEqualTo(Link.FRAGMENT);
                crossed += frame.elements().size();
                got.addAll(received(there, frame));
            }
            here.receive(there.acknowledge(), 0);
        }

        assertThat(got).containsExactly(sent);
        assertThat(crossed).isEqualTo(elements);
    }

    @Test
    void handlesCrossWithTheLastPartOfAMessage() {
        var carried = Stage.carrying("x").carried();
        here.send(new Note(1, new Payload(3, new byte[100_000], carried)));

        var got = transmitted(here, 0).stream().flatMap(frame -> received(there, frame).stream()).toList();

        assertThat(got.getFirst().payload().carried()).isEqualTo(carried);
        assertThat(got.getFirst().payload().codec()).isEqualTo(3);
    }

    @Test
    void manySmallMessagesCrossInFewFrames() {
        IntStream.range(0, 1000).forEach(i -> here.send(note(i)));

        assertThat(transmitted(here, 0)).hasSize(4);
    }

    @Test
    void noMoreThanTheWindowIsUnderWayUnacknowledged() {
        IntStream.range(0, 100).forEach(i -> here.send(note(i, Link.FRAGMENT)));

        var frames = transmitted(here, 0);

        long underWay = frames.stream().mapToLong(LinkTest::bytes).sum();
        assertThat(underWay).isBetween((long) Link.WINDOW - Link.FRAGMENT, (long) Link.WINDOW + Link.FRAGMENT);
    }

    @Test
    void anAcknowledgementOpensTheWindowByAsMuchAsItAcknowledges() {
        IntStream.range(0, 100).forEach(i -> here.send(note(i, Link.FRAGMENT)));
        var frames = transmitted(here, 0);
        received(there, frames.get(0));
        received(there, frames.get(1));

        here.receive(there.acknowledge(), 0);

        assertThat(transmitted(here, 0)).hasSize(2);
    }

    @Test
    void messagesAreNumberedInTheOrderInWhichTheyWereSent() {
        assertThat(here.nextNumber()).isEqualTo(1);
        assertThat(here.send(note(1))).isEqualTo(1);
        assertThat(here.send(note(2, 70_000))).as("two fragments before it").isEqualTo(4);

        var numbers = transmitted(here, 0).stream().flatMap(frame -> there.receive(frame, 0).stream())
                .map(Link.Received::number).toList();

        assertThat(numbers).containsExactly(1L, 4L);
    }

    // Loss, doubles, and order.

    @Test
    void aFrameThatComesTwiceIsTakenOnce() {
        here.send(note(1));
        var frame = here.transmit(0).orElseThrow();

        assertThat(received(there, frame)).hasSize(1);
        assertThat(received(there, frame)).isEmpty();
        assertThat(there.owesAcknowledgement()).as("its sender has not heard").isTrue();
    }

    @Test
    void aFrameThatCameTooEarlyIsTakenWhenItComesAgain() {
        here.send(note(1));
        var first = here.transmit(0).orElseThrow();
        here.send(note(2));
        var second = here.transmit(0).orElseThrow();

        assertThat(received(there, second)).isEmpty();
        assertThat(received(there, first)).containsExactly(note(1));
        assertThat(received(there, second)).containsExactly(note(2));
    }

    @Test
    void anOverlappingFrameGivesWhatIsNewInIt() {
        here.send(note(1));
        received(there, here.transmit(0).orElseThrow());
        here.send(note(2));

        var again = new Frame<Note>(0, 2, 1, List.of(new Frame.Whole<>(note(1), false), new Frame.Whole<>(note(2), false)));

        assertThat(received(there, again)).containsExactly(note(2));
    }

    @Test
    void nothingIsRepeatedBeforeItsTime() {
        here.send(note(1));
        here.transmit(0);

        assertThat(here.repeatAt()).isEqualTo(Link.FIRST_REPEAT);
        assertThat(here.repeat(Link.FIRST_REPEAT - 1)).isEmpty();
        assertThat(here.repeat(Link.FIRST_REPEAT)).isPresent();
    }

    @Test
    void whatIsIdleIsNeverDue() {
        assertThat(here.repeatAt()).isEqualTo(Long.MAX_VALUE);
        here.send(note(1));
        received(there, here.transmit(0).orElseThrow());
        here.receive(there.acknowledge(), 0);

        assertThat(here.repeatAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void repeatsBackOffAndBeginAnewOnceSomethingIsHeard() {
        here.send(note(1));
        here.transmit(0);
        var pauses = new ArrayList<Long>();
        long now = 0;
        for (int i = 0; i < 6; i++) {
            pauses.add((here.repeatAt() - now) / MILLI);
            now = here.repeatAt();
            assertThat(here.repeat(now)).isPresent();
        }
        assertThat(pauses).containsExactly(300L, 600L, 1200L, 2000L, 2000L, 2000L);

        here.receive(new Frame<>(1, 0, 1, List.of()), now);
        here.send(note(2));
        here.transmit(now);

        assertThat(here.repeatAt() - now).isEqualTo(Link.FIRST_REPEAT);
    }

    @Test
    void aRepeatIsOneFrameAndTheRestFollowsWhenThatIsHeard() {
        IntStream.range(0, 10).forEach(i -> here.send(note(i, Link.FRAGMENT)));
        transmitted(here, 0);

        var repeated = here.repeat(Link.FIRST_REPEAT).orElseThrow();
        assertThat(repeated.first()).isEqualTo(1);
        assertThat(transmitted(here, Link.FIRST_REPEAT)).isEmpty();

        received(there, repeated);
        here.receive(there.acknowledge(), Link.FIRST_REPEAT);
        assertThat(transmitted(here, Link.FIRST_REPEAT)).hasSize(9);
    }

    @Test
    void whatHadArrivedAfterAllIsNotSentAgain() {
        IntStream.range(0, 5).forEach(i -> here.send(note(i, Link.FRAGMENT)));
        transmitted(here, 0).forEach(frame -> received(there, frame));

        here.repeat(Link.FIRST_REPEAT);
        here.receive(there.acknowledge(), Link.FIRST_REPEAT);

        assertThat(here.isFlushed()).isTrue();
        assertThat(transmitted(here, Link.FIRST_REPEAT)).isEmpty();
    }

    @Test
    void itIsFlushedWhenEverythingWasHeardOf() {
        assertThat(here.isFlushed()).isTrue();
        here.send(note(1));
        assertThat(here.isFlushed()).isFalse();
        var frame = here.transmit(0).orElseThrow();
        assertThat(here.isFlushed()).isFalse();
        received(there, frame);

        here.receive(there.acknowledge(), 0);

        assertThat(here.isFlushed()).isTrue();
    }

    @Test
    void anOwedAcknowledgementRidesOnWhateverGoesOut() {
        here.send(note(1));
        received(there, here.transmit(0).orElseThrow());
        assertThat(there.owesAcknowledgement()).isTrue();
        there.send(note(2));

        var frame = there.transmit(0).orElseThrow();

        assertThat(frame.acknowledged()).isEqualTo(1);
        assertThat(there.owesAcknowledgement()).isFalse();
    }

    @Test
    void anAcknowledgementIsNotAcknowledged() {
        here.send(note(1));
        received(there, here.transmit(0).orElseThrow());

        here.receive(there.acknowledge(), 0);

        assertThat(here.owesAcknowledgement()).isFalse();
    }

    @Test
    void anAcknowledgementWaitsAWhileForCompany() {
        here.send(note(1));
        here.send(note(2));

        there.receive(here.transmit(0).orElseThrow(), MILLI);

        assertThat(there.acknowledgeAt()).isEqualTo(MILLI + Link.ACKNOWLEDGE_AFTER);
        assertThat(there.dueAt()).isLessThan(Link.FIRST_REPEAT);
        there.acknowledge();
        assertThat(there.acknowledgeAt()).as("said").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatComesASecondTimeIsAcknowledgedAtOnce() {
        here.send(note(1));
        here.send(note(2));
        there.receive(here.transmit(0).orElseThrow(), 0);

        assertThat(received(there, here.hurry().orElseThrow())).isEmpty();

        assertThat(there.acknowledgeAt()).isZero();
        here.receive(there.acknowledge(), 0);
        assertThat(here.isFlushed()).isTrue();
        assertThat(here.hurry()).isEmpty();
    }

    @Test
    void whatComesAfterAGapIsAcknowledgedAtOnce() {
        here.send(note(1));
        here.transmit(0);
        here.send(note(2));

        received(there, here.transmit(0).orElseThrow());

        assertThat(there.acknowledgeAt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"100, 1", "10, 40000"})
    void muchIsAcknowledgedBeforeTheWindowIsFull(int messages, int size) {
        for (int i = 1; i <= messages; i++) {
            here.send(note(i, size));
        }

        transmitted(here, 0).forEach(frame -> received(there, frame));

        assertThat(there.acknowledgeAt()).isZero();
    }

    // Settling.

    @Test
    void anAcknowledgementSettlesOnlyWhenWhatWasSentBeforeItWasApplied() {
        here.send(note(1));
        received(there, here.transmit(0).orElseThrow());
        there.send(note(2));
        var lost = there.transmit(0).orElseThrow();

        here.receive(there.acknowledge(), 0);
        assertThat(here.isFlushed()).as("heard").isTrue();
        assertThat(here.settle()).as("settled").isZero();

        received(here, lost);
        assertThat(here.settle()).isEqualTo(1);
    }

    @Test
    void anAcknowledgementSettlesOnlyWhenTheWholeOfABigMessageBeforeItWasApplied() {
        here.send(note(1));
        received(there, here.transmit(0).orElseThrow());
        there.send(note(2, 200_000));

        var settled = new ArrayList<Long>();
        for (var frame : transmitted(there, 0)) {
            received(here, frame);
            settled.add(here.settle());
        }

        assertThat(settled).startsWith(0L).endsWith(1L).isSorted();
        assertThat(settled.stream().filter(number -> number == 0)).hasSize(3);
    }

    @Test
    void aLaterFrameSettlesWhatAnEarlierOneThatWasLostWouldHave() {
        here.send(note(1));
        received(there, here.transmit(0).orElseThrow());
        there.acknowledge();
        there.send(note(2));

        received(here, there.transmit(0).orElseThrow());

        assertThat(here.settle()).isEqualTo(1);
    }

    @Test
    void aLateFrameTakesNothingBack() {
        here.send(note(1));
        received(there, here.transmit(0).orElseThrow());
        var early = there.acknowledge();
        here.send(note(2));
        received(there, here.transmit(0).orElseThrow());
        here.receive(there.acknowledge(), 0);
        assertThat(here.settle()).isEqualTo(2);

        here.receive(early, 0);

        assertThat(here.settle()).isEqualTo(2);
        assertThat(here.isFlushed()).isTrue();
    }

    @Test
    void ofManyFramesBehindALostOneTheLastClaimIsEnough() {
        there.send(note(1));
        there.transmit(0);
        for (int i = 2; i <= 200; i++) {
            here.send(note(i));
            received(there, here.transmit(0).orElseThrow());
            there.send(note(i));
            received(here, there.transmit(0).orElseThrow());
            assertThat(here.settle()).as("nothing before the lost one").isZero();
        }

        received(here, there.repeat(Link.FIRST_REPEAT).orElseThrow());

        assertThat(here.settle()).isEqualTo(199);
    }

    // Everything at once.

    /** Two links and a network that loses, doubles, delays and reorders, under virtual time. */
    private static final class Network {
        private record Flying(long at, long tie, boolean toB, Frame<Note> frame) {}

        final Random random;
        final Link<Note, Note> a = new Link<>();
        final Link<Note, Note> b = new Link<>();
        final PriorityQueue<Flying> flying = new PriorityQueue<>(
                Comparator.comparingLong(Flying::at).thenComparingLong(Flying::tie));
        final List<Note> gotByA = new ArrayList<>();
        final List<Note> gotByB = new ArrayList<>();
        final ArrayDeque<Long> sentByA = new ArrayDeque<>();
        long now;
        long tie;
        boolean bad = true;
        long settledByA;

        Network(long seed) {
            random = Seeds.random(seed);
        }

        void flush(Link<Note, Note> link, boolean toB) {
            link.repeat(now).ifPresent(frame -> fly(frame, toB));
            transmitted(link, now).forEach(frame -> fly(frame, toB));
            if (link.owesAcknowledgement() && random.nextInt(4) > 0) {
                fly(link.acknowledge(), toB);
            }
        }

        private void fly(Frame<Note> frame, boolean toB) {
            int copies = !bad ? 1 : random.nextInt(10) < 3 ? 0 : random.nextInt(10) < 2 ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                flying.add(new Flying(now + 1 + (bad ? random.nextInt(400) : 1) * MILLI, tie++, toB, frame));
            }
        }

        void arrive() {
            long next = flying.isEmpty() ? Long.MAX_VALUE : flying.peek().at();
            next = Math.min(next, Math.min(a.repeatAt(), b.repeatAt()));
            now = Math.max(now, next == Long.MAX_VALUE ? now + MILLI : next);
            while (!flying.isEmpty() && flying.peek().at() <= now) {
                var flown = flying.poll();
                var got = flown.toB() ? b.receive(flown.frame(), now) : a.receive(flown.frame(), now);
                got.forEach(note -> (flown.toB() ? gotByB : gotByA).add(note.message()));
                long settled = a.settle();
                assertThat(settled).isGreaterThanOrEqualTo(settledByA);
                settledByA = settled;
                b.settle();
            }
            flush(a, true);
            flush(b, false);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 70_000})
    @Row("K5")
    void everythingArrivesOnceAndInOrderOverABadNetwork(int size) {
        Seeds.each(size > 1000 ? 40 : 150, seed -> {
            var network = new Network(seed);
            var fromA = new ArrayList<Note>();
            var fromB = new ArrayList<Note>();
            for (int step = 0; step < 400; step++) {
                if (step < 60 && network.random.nextBoolean()) {
                    fromA.add(note(fromA.size(), size == 0 ? 0 : network.random.nextInt(2 * size)));
                    network.a.send(fromA.getLast());
                    fromB.add(note(fromB.size(), network.random.nextInt(9)));
                    network.b.send(fromB.getLast());
                }
                network.bad = step < 300;
                network.arrive();
            }

            assertThat(network.gotByB).isEqualTo(fromA);
            assertThat(network.gotByA).isEqualTo(fromB);
            assertThat(network.a.isFlushed() && network.b.isFlushed()).as("flushed").isTrue();
            assertThat(network.a.repeatAt()).isEqualTo(Long.MAX_VALUE);
            assertThat(network.a.settle()).as("settled").isEqualTo(network.a.nextNumber() - 1);
            assertThat(network.b.settle()).as("settled").isEqualTo(network.b.nextNumber() - 1);
        });
    }
}
