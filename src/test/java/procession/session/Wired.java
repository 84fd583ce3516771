package procession.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import procession.core.Answered;
import procession.core.Command;
import procession.core.Frame;
import procession.core.Hello;
import procession.core.Keeper;
import procession.core.Link;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Rules;
import procession.core.Sent;
import procession.core.Snapshot;
import procession.wire.AllowedTypes;
import procession.wire.PayloadCodec;

/** A session and a keeper with a wire between them that the test works by hand, so that races happen when it says. */
final class Wired implements Session.Node {

    private static final Hello MAIN = new Hello(0, 0, "MainProcess", 1, "");

    final Session session;
    final Handles handles;
    private final Keeper keeper;
    private final Deque<Frame<Sent>> up = new ArrayDeque<>();
    private final Deque<Frame<Answered>> down = new ArrayDeque<>();
    private final Owner owner;
    private long nextLooker = 100;

    Wired() {
        this(MAIN, null, Rules.usual(1 << 26));
    }

    Wired(Hello hello) {
        this(hello, null, Rules.usual(1 << 26));
    }

    /** With a keeper that lends locks. */
    static Wired lending() {
        return new Wired(MAIN, null, new Rules(1 << 26, Rules.REDELIVERIES, Rules.OnDeadlock.REPORT, true));
    }

    /** With a witness. */
    Wired(Witness witness) {
        this(MAIN, witness, Rules.usual(1 << 26));
    }

    private Wired(Hello hello, Witness witness, Rules rules) {
        keeper = new Keeper(rules, null);
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
        keeper.transmit((to, frame) -> {
            if (to.equals(owner)) {
                down.add(frame);
            }
        }, now);
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

    /** The keeper asks for a lock that is lent to this process, as somebody else wants it. */
    void otherWants(PrimitiveId lock) {
        var other = new Hello(0, 7, "other", 2, "");
        keeper.hello(other, System.nanoTime());
        var link = new Link<Sent, Answered>();
        link.send(new Sent(1, Sent.FOR_EVER, false, new Request.Operate(lock, new Command.AcquireLock())));
        keeper.receive(keeper.find(other).orElseThrow().owner(), link.transmit(System.nanoTime()).orElseThrow(), System.nanoTime());
        reachKeeper();
    }

    /** Who holds a lock and who waits for it, by the names of their processes, as the keeper sees it. */
    Snapshot seen(PrimitiveId lock) {
        var looker = new Hello(0, nextLooker++, "looker", 3, "");
        keeper.hello(looker, System.nanoTime());
        var link = new Link<Sent, Answered>();
        var owner = keeper.find(looker).orElseThrow().owner();
        link.send(new Sent(0, Sent.FOR_EVER, false, new Request.Inspect(lock, true)));
        keeper.receive(owner, link.transmit(System.nanoTime()).orElseThrow(), System.nanoTime());
        var seen = new ArrayList<Snapshot>();
        keeper.transmit((to, frame) -> {
            if (to.equals(owner)) {
                link.receive(frame, 0).forEach(answer -> seen.add(((Reply.Viewed) answer.message().reply()).snapshot()));
            } else {
                down.add(frame);
            }
        }, System.nanoTime());
        return seen.getFirst();
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
