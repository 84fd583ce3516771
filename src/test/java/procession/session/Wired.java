package procession.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import procession.core.Answered;
import procession.core.Frame;
import procession.core.Hello;
import procession.core.Keeper;
import procession.core.Owner;
import procession.core.Sent;
import procession.wire.AllowedTypes;
import procession.wire.PayloadCodec;

/** A session and a keeper with a wire between them that the test works by hand, so that races happen when it says. */
final class Wired implements Session.Node {

    final Session session;
    final Handles handles;
    private final Keeper keeper = new Keeper(procession.core.Rules.usual(1 << 26), null);
    private final Deque<Frame<Sent>> up = new ArrayDeque<>();
    private final Deque<Frame<Answered>> down = new ArrayDeque<>();
    private final Owner owner;

    Wired() {
        this(new Hello(0, 0, "MainProcess", 1, ""), null);
    }

    Wired(Hello hello) {
        this(hello, null);
    }

    /** With a witness. */
    Wired(Witness witness) {
        this(new Hello(0, 0, "MainProcess", 1, ""), witness);
    }

    private Wired(Hello hello, Witness witness) {
        session = new Session(this, witness);
        handles = new Handles(session, 1 << 20);
        keeper.hello(hello, System.nanoTime());
        owner = keeper.find(hello).orElseThrow().owner();
        session.welcomed(owner);
        handles.use(new PayloadCodec(AllowedTypes.of("procession.session.*"), getClass().getClassLoader(), 1 << 20, handles));
    }

    @Override
    public void send(Owner to, Frame<Sent> frame) {
        synchronized (up) {
            up.add(frame);
        }
    }

    @Override
    public void tickAfter(long delay) {}

    @Override
    public boolean onDispatcher() {
        return false;
    }

    private Frame<Sent> sent() {
        synchronized (up) {
            return up.poll();
        }
    }

    /** Whether something is on its way to the keeper. */
    boolean hasSent() {
        synchronized (up) {
            return !up.isEmpty();
        }
    }

    /** Whether a request has been sent. */
    boolean hasSent(long request) {
        synchronized (up) {
            return up.stream().anyMatch(frame -> frame.first() + frame.elements().size() > request);
        }
    }

    /** What has been sent reaches the keeper; its answers set out. Time passes there. */
    void reachKeeper(Duration later) {
        long now = System.nanoTime() + later.toNanos();
        for (var frame = sent(); frame != null; frame = sent()) {
            keeper.receive(owner, frame, now);
        }
        keeper.tick(now);
        keeper.transmit((to, frame) -> down.add(frame), now);
    }

    void reachKeeper() {
        reachKeeper(Duration.ZERO);
    }

    /** The keeper's answers arrive. */
    void reachSession() {
        while (!down.isEmpty()) {
            session.receive(down.poll());
        }
    }

    /** Whether something is on its way to the session. */
    boolean hasAnswered() {
        return !down.isEmpty();
    }

    /** The keeper's answers get lost. */
    void loseAnswers() {
        down.clear();
    }

    /** Who takes part, as the keeper sees it. */
    List<String> members() {
        return keeper.members().stream().map(member -> member.hello().name()).toList();
    }

    /** Everything arrives, until nothing is on its way. */
    void settle() {
        do {
            reachKeeper();
            reachSession();
        } while (hasSent());
    }
}
