package procession.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import procession.ClusterException;
import procession.SettingsException;
import procession.core.Frame;
import procession.core.Happening;
import procession.core.Hello;
import procession.core.Keeper;
import procession.core.Look;
import procession.core.Owner;
import procession.core.Sent;
import procession.keeper.KeeperActor;
import procession.session.ActorAgents;
import procession.session.Handles;
import procession.session.Session;
import procession.session.SessionActor;
import procession.session.Witness;
import procession.wire.AllowedTypes;
import procession.wire.PayloadCodec;
import procession.wire.ToKeeper;
import procession.wire.ToSession;

/** This JVM as a node: its actor system, its session and, in the main process, the keeper. */
final class Node implements Session.Node, AutoCloseable {

    private static final String KEEPER = "procession-keeper";
    private static final int LOOKS = 50;
    private static final String SESSION = "procession-session";

    private final ActorSystem<Void> system;
    /** What the names of all threads of its dispatchers begin with. */
    private final String dispatchers;
    private final Session session;
    private final Handles handles;
    private ActorRef<ToKeeper> keeper;
    private volatile ActorRef<ToSession> sessionActor;
    private volatile boolean closing;

    static {
        Logging.quiet();
    }

    private Node(String systemName, Settings settings, String role, int port, Witness witness) {
        system = started(systemName, config(settings, role, port), settings);
        dispatchers = system.name() + "-";
        session = new Session(this, witness);
        handles = new Handles(session, settings.pipeBuffer());
        ActorAgents.start(system, handles);
    }

    /** The main process's node. Who listens to the keeper, and who witnesses calls, is null for nobody. */
    static Node ofMain(String systemName, Settings settings, Hello hello, Consumer<Happening> listener, Witness witness,
            KeeperActor.Observer observer) {
        var node = new Node(systemName, settings, "main", settings.port(), witness);
        var keeper = new Keeper(settings.rules(), listener);
        Cluster.get(node.system).manager().tell(Join.create(Cluster.get(node.system).selfMember().address()));
        node.keeper = node.system.systemActorOf(KeeperActor.create(keeper, OsProcess::isGone, observer), KEEPER,
                akka.actor.typed.DispatcherSelector.fromConfig("procession.akka.dispatcher"));
        node.join(hello, () -> node.sessionStopped(observer));
        return node;
    }

    /** The node of a child, or of a program that joins: a guest of the main process's keeper. Who witnesses calls is null for nobody. */
    static Node ofGuest(Family.Origin origin, Settings settings, Hello hello, Witness witness, SessionActor.Fate fate) {
        var node = new Node(origin.system(), settings, "child", 0, witness);
        node.keeper = ActorRefResolver.get(node.system).resolveActorRef(origin.keeper());
        var seed = akka.actor.AddressFromURIString.parse(origin.seed());
        Cluster.get(node.system).manager().tell(new JoinSeedNodes(List.of(seed)));
        akka.cluster.Cluster.get(node.system.classicSystem()).registerOnMemberRemoved(fate::turnedAway);
        node.join(hello, fate);
        return node;
    }

    private void sessionStopped(KeeperActor.Observer observer) {
        if (!closing) {
            observer.failed(new IllegalStateException("The session of the main process has stopped."));
        }
    }

    private void join(Hello hello, SessionActor.Fate fate) {
        sessionActor = system.systemActorOf(SessionActor.create(session, hello, keeper, fate), SESSION,
                akka.actor.typed.DispatcherSelector.fromConfig("procession.akka.dispatcher"));
    }

    /** Says which types may travel; more may be added later. */
    void payloads(Set<String> allowed, ClassLoader loader, int payloadMax) {
        handles.use(new PayloadCodec(AllowedTypes.of(allowed), loader, payloadMax, handles));
    }

    /** What Akka is told on a node of role main or child. */
    static Config config(Settings settings, String role, int port) {
        // What nobody may change: where a node listens, and that nothing is deserialized as Java does.
        var placed = ConfigFactory.parseMap(Map.of(
                "akka.remote.artery.canonical.hostname", settings.host(),
                "akka.remote.artery.canonical.port", port,
                "akka.remote.artery.bind.hostname", settings.host(),
                "akka.remote.artery.bind.port", "",
                "akka.actor.allow-java-serialization", "off"));
        var defaults = ConfigFactory.defaultReference();
        var all = settings.given().withFallback(defaults);
        return placed.withFallback(settings.given())
                .withFallback(all.getConfig("procession.akka." + role))
                .withFallback(all.getConfig("procession.akka.common"))
                .withFallback(defaults)
                .resolve();
    }

    private static ActorSystem<Void> started(String name, Config config, Settings settings) {
        try {
            return ActorSystem.create(Behaviors.<Void>empty(), name, config);
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException || String.valueOf(cause.getMessage()).contains("Bind failed")) {
                    throw settings.port() == 0
                            ? new ClusterException("This node could not open a port on " + settings.host() + ": " + cause.getMessage())
                            : new SettingsException("procession.port is " + settings.port() + ", which is in use on " + settings.host()
                                    + "; choose another, or 0 for any free one.");
                }
            }
            throw new ClusterException("This node could not be started: " + failed.getMessage(), failed);
        }
    }

    Session session() {
        return session;
    }

    Handles handles() {
        return handles;
    }

    String address() {
        return Cluster.get(system).selfMember().address().toString();
    }

    /** Where the keeper is, for children. */
    String keeperPath() {
        return ActorRefResolver.get(system).toSerializationFormat(keeper);
    }

    <M> ActorRef<M> spawn(Behavior<M> behavior, String name) {
        return system.systemActorOf(behavior, name, akka.actor.typed.Props.empty());
    }

    @Override
    public void send(Owner owner, Frame<Sent> frame) {
        keeper.tell(new ToKeeper.Upward(owner, frame));
    }

    @Override
    public void tickAfter(long delay) {
        system.scheduler().scheduleOnce(Duration.ofNanos(delay), () -> sessionActor.tell(new SessionActor.Tick()),
                system.executionContext());
    }

    @Override
    public boolean onDispatcher() {
        return Thread.currentThread().getName().startsWith(dispatchers);
    }

    /** Has the keeper settle what this process holds, and let it go; {@link Session#awaitEnd} waits for that. */
    void leave() {
        session.leave();
        sessionActor.tell(new SessionActor.Leaving());
    }

    /** Tells those who have joined that the run is over; whoever does not hear it will see it. */
    void runOver() {
        var told = new CountDownLatch(1);
        keeper.tell(new KeeperActor.RunEnds(told::countDown));
        try {
            told.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has the keeper looked at. */
    CompletableFuture<Look> look() {
        var seen = new CompletableFuture<Look>();
        keeper.tell(new KeeperActor.TakeLook(seen));
        return seen;
    }

    /**
     * Ends all connections at once, where nothing more is to be said and this JVM ends. A thread that is in a system call when its JVM ends
     * holds that up by 300 ms, as the JVM waits for it; the one that listens to the connections is, as long as there are any.
     */
    void hangUp() throws InterruptedException {
        closing = true;
        var classic = (akka.actor.ExtendedActorSystem) system.classicSystem();
        classic.stop(akka.io.Tcp.get(classic).manager());
        for (int look = 0; look < LOOKS && isListening(); look++) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static boolean isListening() {
        return Thread.getAllStackTraces().values().stream().filter(stack -> stack.length > 0).map(stack -> stack[0])
                .anyMatch(top -> top.isNativeMethod() && top.getClassName().startsWith("sun.nio.ch."));
    }

    /** Ends the node at once, without taking leave of the cluster: that this process ends is known from the operating system. */
    @Override
    public void close() {
        closing = true;
        session.end();
        system.terminate();
        try {
            scala.concurrent.Await.ready(system.whenTerminated(), scala.concurrent.duration.Duration.create(5, TimeUnit.SECONDS));
        } catch (TimeoutException slow) {
            // Its threads are daemons; they do not keep the JVM.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
