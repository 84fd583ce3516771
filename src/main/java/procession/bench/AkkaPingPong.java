package procession.bench;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import procession.node.Shipped;

/**
 * What Akka costs without Procession: a thread of a child has an actor of main answer a number, and waits.
 *
 * @param line its line
 * @param shipped whether under our configuration; otherwise under Akka's own defaults
 */
record AkkaPingPong(Line line, boolean shipped) implements Benchmark {

    private static final String DISPATCHER = "procession.akka.dispatcher";

    @Override
    public List<Line> lines() {
        return List.of(line);
    }

    @Override
    public void work(Stage stage) throws Exception {
        ActorSystem<Void> system = system("main", shipped);
        try {
            var echo = system.systemActorOf(Behaviors.setup(Echo::new), "echo", dispatcher(shipped));
            var address = ActorRefResolver.get(system).toSerializationFormat(echo);
            try (var asker = PlainJvm.start(Asker.class, String.valueOf(shipped), address, stage.effort().text())) {
                stage.report(line.name(), asker.latency());
            }
        } finally {
            system.terminate();
        }
    }

    private static ActorSystem<Void> system(String role, boolean shipped) {
        return ActorSystem.create(Behaviors.<Void>empty(), "bench", shipped ? Shipped.akka(role) : defaults());
    }

    /** Akka's own, but for what any program must say, and without a word in the log. */
    private static Config defaults() {
        return ConfigFactory.parseMap(Map.of(
                "akka.actor.provider", "cluster",
                "akka.remote.artery.transport", "tcp",
                "akka.remote.artery.canonical.hostname", "127.0.0.1",
                "akka.remote.artery.canonical.port", 0,
                "akka.loglevel", "OFF",
                "akka.stdout-loglevel", "OFF",
                "akka.daemonic", "on")).withFallback(ConfigFactory.defaultReference()).resolve();
    }

    private static DispatcherSelector dispatcher(boolean shipped) {
        return shipped ? DispatcherSelector.fromConfig(DISPATCHER) : DispatcherSelector.defaultDispatcher();
    }

    /** Says every number back to the one who has said where it is. */
    private static final class Echo extends AbstractBehavior<Object> {

        private ActorRef<Object> asker;

        private Echo(ActorContext<Object> context) {
            super(context);
        }

        @Override
        public Receive<Object> createReceive() {
            return newReceiveBuilder()
                    .onMessage(String.class, this::introduced)
                    .onMessage(Long.class, this::asked)
                    .build();
        }

        private Behavior<Object> introduced(String address) {
            asker = ActorRefResolver.get(getContext().getSystem()).resolveActorRef(address);
            return this;
        }

        private Behavior<Object> asked(Long number) {
            asker.tell(number);
            return this;
        }
    }

    /** The child. */
    static final class Asker {

        private static volatile long answered;

        private Asker() {}

        public static void main(String[] arguments) throws Exception {
            Worker.endWithParent();
            boolean shipped = Boolean.parseBoolean(arguments[0]);
            var system = system("child", shipped);
            var resolver = ActorRefResolver.get(system);
            ActorRef<Object> echo = resolver.resolveActorRef(arguments[1]);
            var self = system.systemActorOf(listener(Thread.currentThread()), "asker", dispatcher(shipped));
            echo.tell(resolver.toSerializationFormat(self));
            var latency = Latency.of(Effort.parse(arguments[2]), () -> {
                long number = answered + 1;
                echo.tell(number);
                while (answered != number) {
                    LockSupport.park();
                }
            });
            System.out.println(latency.text());
            System.exit(0);
        }

        private static Behavior<Long> listener(Thread waiting) {
            return Behaviors.receiveMessage(number -> {
                answered = number;
                LockSupport.unpark(waiting);
                return Behaviors.same();
            });
        }
    }
}
