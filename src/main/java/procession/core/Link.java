package procession.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import procession.core.Frame.Element;
import procession.core.Frame.Fragment;
import procession.core.Frame.Whole;

/**
 * One end of the connection between a session and the keeper, over a transport that may lose, double and delay: a stream of numbered
 * elements out, one in, each frame acknowledging the other stream cumulatively. What is sent arrives exactly once and in order, as long
 * as both ends live. Go-back-N with a window: at most {@link #WINDOW} bytes are under way unacknowledged.
 *
 * <p>An acknowledgement is heard at once, which ends repeats; it <em>settles</em> only when everything that was sent before it has been
 * applied as well. So "I have received item 7" never overtakes the "I give item 7 back" that was sent before it.
 *
 * <p>Deterministic and without a clock, but mutable: it is touched by every message, and a copy each time would buy nothing, as it has
 * exactly one user. Not thread-safe.
 *
 * @param <O> what the outgoing stream carries
 * @param <I> what the incoming stream carries
 */
public final class Link<O extends Bulk<O>, I extends Bulk<I>> {

    /** Payloads above this many bytes are cut into fragments of this size. */
    public static final int FRAGMENT = 64 * 1024;

    static final int WINDOW = 1024 * 1024;
    static final long FIRST_REPEAT = 300_000_000L;
    static final long LAST_REPEAT = 2_000_000_000L;
    /** How long an acknowledgement waits for something to go with. Well below {@link #FIRST_REPEAT}, or it would come too late. */
    static final long ACKNOWLEDGE_AFTER = 50_000_000L;
    private static final int MOST_UNACKNOWLEDGED = 64;
    private static final int MOST_BYTES_UNACKNOWLEDGED = WINDOW / 4;
    private static final int MOST_ELEMENTS = 256;
    private static final int ELEMENT_OVERHEAD = 32;

    private record Numbered<O>(long number, Element<O> element, int weight) {}

    private record Claim(long acknowledged, long needs) {}

    private final ArrayDeque<Numbered<O>> underWay = new ArrayDeque<>();
    private final ArrayDeque<Numbered<O>> queued = new ArrayDeque<>();
    private final ArrayDeque<Claim> claims = new ArrayDeque<>();
    private ByteArrayOutputStream fragments;
    private long lastOut;
    private long heard;
    private long settled;
    private long lastIn;
    private long bytesUnderWay;
    private boolean isRepeating;
    private long acknowledgeAt = Long.MAX_VALUE;
    private int elementsOwed;
    private int bytesOwed;
    private long repeatAt = Long.MAX_VALUE;
    private long repeatAfter = FIRST_REPEAT;

    /**
     * Adds a message to the outgoing stream.
     *
     * @param message the message
     * @return its number
     */
    public long send(O message) {
        var bulk = message.bulk();
        if (bulk.size() <= FRAGMENT) {
            return add(new Whole<>(message, false), bulk.size() + message.weight());
        }
        for (int from = 0; from < bulk.size(); from += FRAGMENT) {
            var part = Arrays.copyOfRange(bulk.bytes(), from, Math.min(from + FRAGMENT, bulk.size()));
            add(new Fragment<>(part), part.length + ELEMENT_OVERHEAD);
        }
        return add(new Whole<>(message.withBulk(new Payload(bulk.codec(), new byte[0], bulk.carried())), true), message.weight());
    }

    private long add(Element<O> element, int weight) {
        queued.add(new Numbered<>(++lastOut, element, weight));
        return lastOut;
    }

    /**
     * The number the next message gets, if it is not cut into fragments.
     *
     * @return the number
     */
    public long nextNumber() {
        return lastOut + 1;
    }

    /**
     * The next frame that can go out.
     *
     * @param now the time in nanoseconds
     * @return the frame; empty if nothing is waiting or the window is full
     */
    public Optional<Frame<O>> transmit(long now) {
        if (queued.isEmpty() || isRepeating || bytesUnderWay >= WINDOW) {
            return Optional.empty();
        }
        var elements = new ArrayList<Element<O>>();
        long first = queued.peek().number();
        int bytes = 0;
        while (!queued.isEmpty() && elements.size() < MOST_ELEMENTS
                && (elements.isEmpty() || bytes + queued.peek().weight() <= FRAGMENT + ELEMENT_OVERHEAD)) {
            var next = queued.poll();
            underWay.add(next);
            elements.add(next.element());
            bytes += next.weight();
        }
        bytesUnderWay += bytes;
        if (repeatAt == Long.MAX_VALUE) {
            repeatAt = now + repeatAfter;
        }
        return Optional.of(frame(first, elements));
    }

    private Frame<O> frame(long first, List<Element<O>> elements) {
        acknowledgeAt = Long.MAX_VALUE;
        elementsOwed = 0;
        bytesOwed = 0;
        return new Frame<>(lastIn, lastOut, first, elements);
    }

    /**
     * A frame that only acknowledges.
     *
     * @return the frame
     */
    public Frame<O> acknowledge() {
        return frame(lastOut + 1, List.of());
    }

    /**
     * Whether something has arrived since the last frame went out.
     *
     * @return whether the other end waits for an acknowledgement
     */
    public boolean owesAcknowledgement() {
        return acknowledgeAt != Long.MAX_VALUE;
    }

    /**
     * When the link needs looking after, if nothing comes before: {@link #repeat} or {@link #acknowledge}.
     *
     * @return the time in nanoseconds; {@link Long#MAX_VALUE} if nothing is to come
     */
    public long dueAt() {
        return Math.min(repeatAt, acknowledgeAt);
    }

    /**
     * When {@link #acknowledge} is due, should nothing go out before that the acknowledgement can go with: after a short while, or at once
     * when much has come since the last frame, or what came shows that the other end does not know what has arrived.
     *
     * @return the time in nanoseconds; {@link Long#MAX_VALUE} if nothing is owed
     */
    public long acknowledgeAt() {
        return acknowledgeAt;
    }

    /**
     * Sends the last element under way once more, which the other end acknowledges at once.
     *
     * @return the frame; empty if nothing is under way
     */
    public Optional<Frame<O>> hurry() {
        var last = underWay.peekLast();
        return last == null ? Optional.empty() : Optional.of(frame(last.number(), List.of(last.element())));
    }

    /**
     * When {@link #repeat} is due.
     *
     * @return the time in nanoseconds; {@link Long#MAX_VALUE} if nothing is under way
     */
    public long repeatAt() {
        return repeatAt;
    }

    /**
     * Begins again with the first element that has not been heard of; what follows it goes out when that has been.
     *
     * @param now the time in nanoseconds
     * @return the frame; empty if it is not due
     */
    public Optional<Frame<O>> repeat(long now) {
        if (now < repeatAt) {
            return Optional.empty();
        }
        while (!underWay.isEmpty()) {
            queued.addFirst(underWay.pollLast());
        }
        bytesUnderWay = 0;
        repeatAfter = Math.min(2 * repeatAfter, LAST_REPEAT);
        repeatAt = Long.MAX_VALUE;
        isRepeating = false;
        var frame = transmit(now);
        isRepeating = true;
        return frame;
    }

    /**
     * Whether everything sent has arrived.
     *
     * @return whether it has
     */
    public boolean isFlushed() {
        return underWay.isEmpty() && queued.isEmpty();
    }

    /**
     * Number of the last own message whose acknowledgement has settled.
     *
     * @return the number
     */
    public long settled() {
        return settled;
    }

    /**
     * Takes in a frame.
     *
     * @param frame the frame, as it came
     * @param now the time in nanoseconds
     * @return the messages that are new, in order, with their numbers
     */
    public List<Received<I>> receive(Frame<I> frame, long now) {
        heard(frame.acknowledged(), now);
        claim(frame.acknowledged(), frame.sentBefore());
        return frame.elements().isEmpty() ? List.of() : taken(frame, now);
    }

    private List<Received<I>> taken(Frame<I> frame, long now) {
        var fresh = new ArrayList<Received<I>>(frame.elements().size());
        boolean asExpected = frame.first() == lastIn + 1;
        long number = frame.first();
        for (var element : frame.elements()) {
            if (number == lastIn + 1) {
                lastIn = number;
                take(number, element, fresh);
            }
            number++;
        }
        elementsOwed += frame.elements().size();
        boolean isMuch = elementsOwed >= MOST_UNACKNOWLEDGED || bytesOwed >= MOST_BYTES_UNACKNOWLEDGED;
        acknowledgeAt = Math.min(acknowledgeAt, isMuch || !asExpected ? now : now + ACKNOWLEDGE_AFTER);
        return fresh;
    }

    /**
     * Of two claims, one that asks for less and gives as much makes the other superfluous; so those that are kept rise in both. One that
     * came late is not kept: what the later one waits for will come.
     */
    private void claim(long acknowledged, long needs) {
        while (!claims.isEmpty() && claims.peekLast().needs() >= needs && claims.peekLast().acknowledged() <= acknowledged) {
            claims.pollLast();
        }
        long most = claims.isEmpty() ? settled : claims.peekLast().acknowledged();
        if (acknowledged > most) {
            claims.add(new Claim(acknowledged, needs));
        }
    }

    /**
     * A message that has arrived.
     *
     * @param number its number in its stream
     * @param message the message
     * @param <I> what the stream carries
     */
    public record Received<I>(long number, I message) {}

    /**
     * Counts the acknowledgements whose time has come. To be called when what {@link #receive} returned has been applied.
     *
     * @return number of the last own message whose acknowledgement has settled
     */
    public long settle() {
        while (!claims.isEmpty() && claims.peek().needs() <= lastIn) {
            settled = claims.poll().acknowledged();
        }
        return settled;
    }

    private void take(long number, Element<I> element, List<Received<I>> fresh) {
        switch (element) {
            case Fragment<I> fragment -> {
                if (fragments == null) {
                    fragments = new ByteArrayOutputStream(4 * FRAGMENT);
                }
                fragments.writeBytes(fragment.bytes());
                bytesOwed += fragment.bytes().length;
            }
            case Whole<I> whole when whole.fragmented() -> {
                var bulk = whole.message().bulk();
                var bytes = fragments == null ? new byte[0] : fragments.toByteArray();
                fragments = null;
                fresh.add(new Received<>(number, whole.message().withBulk(new Payload(bulk.codec(), bytes, bulk.carried()))));
            }
            case Whole<I> whole -> {
                fresh.add(new Received<>(number, whole.message()));
                bytesOwed += whole.message().bulk().size();
            }
        }
    }

    private void heard(long acknowledged, long now) {
        if (acknowledged <= heard) {
            return;
        }
        heard = acknowledged;
        isRepeating = false;
        while (!underWay.isEmpty() && underWay.peek().number() <= heard) {
            bytesUnderWay -= underWay.poll().weight();
        }
        while (!queued.isEmpty() && queued.peek().number() <= heard) {
            queued.poll();
        }
        repeatAfter = FIRST_REPEAT;
        repeatAt = underWay.isEmpty() ? Long.MAX_VALUE : now + repeatAfter;
    }
}
