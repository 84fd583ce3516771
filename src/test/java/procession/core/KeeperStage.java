package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays a keeper and the sessions of some processes, by hand and in virtual time. */
abstract class KeeperStage {

    static final long SECOND = 1_000_000_000L;
    static final Spec LOCK = new Spec.Lock(false);
    static final Spec QUEUE = new Spec.Queue(0, Spec.QueueKind.PLAIN);
    static final Spec PIPE = new Spec.Pipe(false, 0);

    long now = 5 * SECOND;
    final List<Happening> happenings = new ArrayList<>();
    private final Map<Owner, Peer> peers = new HashMap<>();
    Keeper keeper;
    final Peer main;

    KeeperStage() {
        this(Rules.usual(1000));
    }

    KeeperStage(Rules rules) {
        keeper = new Keeper(rules, happenings::add);
        main = come(new Hello(0, 0, "MainProcess", 100, ""));
    }

    /** A process: its end of the link, by hand. */
    final class Peer {
        final Hello hello;
        final Owner owner;
        final Link<Sent, Answered> link = new Link<>();
        final Map<Long, Reply> replies = new HashMap<>();
        final List<PrimitiveId> calledIn = new ArrayList<>();
        long nextPrimitive = 1;
        long nextChild = 1;

        Peer(Hello hello, Owner owner) {
            this.hello = hello;
            this.owner = owner;
        }

        /** Sends a request and lets everything arrive; the request's number. */
        long asks(Request request, long timeout) {
            long number = says(request, timeout);
            exchange();
            return number;
        }

        long asks(Request request) {
            return asks(request, Sent.FOR_EVER);
        }

        long asks(PrimitiveId target, Command command) {
            return asks(new Request.Operate(target, command));
        }

        /** Only puts the request into the outgoing stream. */
        long says(Request request, long timeout) {
            return link.send(new Sent(1, timeout, false, request));
        }

        long says(PrimitiveId target, Command command) {
            return says(new Request.Operate(target, command), Sent.FOR_EVER);
        }

        void quietly(PrimitiveId target, Command command) {
            link.send(new Sent(1, Sent.FOR_EVER, true, new Request.Operate(target, command)));
            exchange();
        }

        /** The same by another of its threads; 0 for a call without one. */
        long asksBy(long strand, PrimitiveId target, Command command, long timeout) {
            long number = link.send(new Sent(strand, timeout, false, new Request.Operate(target, command)));
            exchange();
            return number;
        }

        long asksBy(long strand, PrimitiveId target, Command command) {
            return asksBy(strand, target, command, Sent.FOR_EVER);
        }

        PrimitiveId makes(Spec spec) {
            long number = nextPrimitive++;
            asks(new Request.Create(number, spec));
            return new PrimitiveId(owner.number(), number);
        }

        /** The primitive of a name, made if there is none. */
        PrimitiveId opens(String name, Spec spec) {
            return ((Reply.Opened) reply(asks(new Request.Open(name, spec, true)))).primitive();
        }

        Peer spawns(String name, Carried... carried) {
            long child = announces(name, carried);
            return come(new Hello(owner.number(), child, name, 100 + child, ""));
        }

        /** A child that has not come yet; its number. */
        long announces(String name, Carried... carried) {
            long child = nextChild++;
            asks(new Request.Spawn(child, name, new Payload(1, new byte[0], List.of(carried))));
            return child;
        }

        void drops(PrimitiveId id, int end) {
            asks(new Request.Drop(new Resource(id, end), 1));
        }

        Reply reply(long request) {
            return replies.get(request);
        }

        long fence(long request) {
            return ((Reply.Granted) reply(request)).fence();
        }

        String item(long request) {
            return Stage.text(((Reply.Item) replies.get(request)).payload());
        }
    }

    Peer come(Hello hello) {
        assertThat(keeper.hello(hello, now)).isEqualTo(Hello.Verdict.WELCOME);
        var peer = new Peer(hello, keeper.find(hello).orElseThrow().owner());
        peers.put(peer.owner, peer);
        return peer;
    }

    /** Everything that can cross, crosses; and what has arrived is acknowledged. */
    void exchange() {
        keeper.tick(now);
        for (int round = 0; round < 4; round++) {
            peers.values().stream().filter(peer -> isMember(peer.owner)).forEach(this::up);
            keeper.transmit(this::down, now);
        }
    }

    boolean isMember(Owner owner) {
        return keeper.members().stream().anyMatch(member -> member.owner().equals(owner));
    }

    void up(Peer peer) {
        for (var frame = peer.link.transmit(now); frame.isPresent(); frame = peer.link.transmit(now)) {
            keeper.receive(peer.owner, frame.get(), now);
        }
        if (peer.link.owesAcknowledgement()) {
            keeper.receive(peer.owner, peer.link.acknowledge(), now);
        }
    }

    private void down(Owner to, Frame<Answered> frame) {
        var peer = peers.get(to);
        peer.link.receive(frame, now).forEach(received -> heard(peer, received));
    }

    private static void heard(Peer peer, Link.Received<Answered> received) {
        if (received.message().reply() instanceof Reply.CalledIn called) {
            peer.calledIn.add(called.lock());
        } else {
            assertThat(peer.replies.put(received.message().request(), received.message().reply())).as("answered twice").isNull();
        }
    }

    /** What the keeper has to say arrives, but nothing goes back yet. */
    void hears() {
        keeper.transmit(this::down, now);
    }

    static Carried handle(PrimitiveId id, Spec spec) {
        return new Carried(new Resource(id, Resource.WHOLE), spec, Optional.empty());
    }

    static Carried end(PrimitiveId id, int end) {
        return new Carried(new Resource(id, end), PIPE, Optional.empty());
    }

    static Payload with(Carried... carried) {
        return new Payload(1, new byte[1], List.of(carried));
    }
}
