package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import procession.core.Answered;
import procession.core.Command;
import procession.core.Payload;
import procession.core.Refusals;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;
import procession.wire.Forwarded;

/**
 * A primitive as an actor. It asks the keeper for each command and tells the answer to whoever sent it; it never blocks.
 *
 * <p>Answers have no numbers, so their order is all an asker has to tell them apart. Therefore every answer, also a refusal that this
 * actor could give by itself, takes its turn through the keeper: what is answered at once is answered in the order of the commands.
 *
 * <p>Whoever asks is watched. When it stops, its waits are withdrawn, and what it held, or what comes too late for it, goes back.
 *
 * @param <C> what it understands
 * @param <R> what it answers
 */
abstract class Agent<C, R> extends AbstractOnMessageBehavior<Object> {

    /** Name of the system actor that takes commands forwarded by other nodes. */
    static final String ROUTER = "procession-router";

    /** A command that has been forwarded to this node, where its asker lives. */
    record Arrived(Object command) {}

    /** No time-out. */
    static final Optional<Duration> FOR_EVER = Optional.empty();

    private record Ended<R>(Task<R> task, Call.End end) {}

    private record AskerStopped<R>(ActorRef<R> asker) {}

    /** A command under way. */
    private static final class Task<R> {
        final ActorRef<R> asker;
        final BiFunction<Call, Call.End, R> answer;
        Call call;

        Task(ActorRef<R> asker, BiFunction<Call, Call.End, R> answer) {
            this.asker = asker;
            this.answer = answer;
        }
    }

    private final Class<C> commands;
    private final Map<ActorRef<R>, Set<Task<R>>> askers = new HashMap<>();
    final Handle handle;

    Agent(ActorContext<Object> context, Handle handle, Class<C> commands) {
        super(context);
        this.handle = handle;
        this.commands = commands;
    }

    /** Who asks. */
    abstract ActorRef<R> asker(C command);

    /** Begins to carry out a command. What it throws is the reason of a refusal. */
    abstract void begin(C command);

    abstract R timedOut(String message);

    abstract R refused(String code, String message);

    /** An answer has come for someone who has stopped. */
    void untold(Request asked, Reply reply) {}

    /** Someone has stopped; what it asked for and did not get is withdrawn already. */
    void stopped(ActorRef<R> asker) {}

    @Override
    @SuppressWarnings("unchecked")
    public Behavior<Object> onMessage(Object message) {
        switch (message) {
            case Ended<?> ended -> ended((Task<R>) ended.task(), ended.end());
            case AskerStopped<?> stopped -> askerStopped((ActorRef<R>) stopped.asker());
            case Arrived(var command) when commands.isInstance(command) -> take(commands.cast(command), true);
            default -> {
                if (commands.isInstance(message)) {
                    take(commands.cast(message), false);
                }
            }
        }
        return this;
    }

    private void take(C command, boolean arrived) {
        var asker = asker(command);
        if (asker == null) {
            return; // Nobody to be told, and nobody to own anything.
        }
        try {
            if (isLocal(asker)) {
                begin(command);
            } else if (arrived) {
                asker.tell(refused(AgentRefusals.NOT_THERE, "The command was forwarded to a node on which its replyTo does not live."));
            } else {
                forward(command, asker);
            }
        } catch (RuntimeException wrong) {
            refuse(asker, AgentRefusals.code(wrong), AgentRefusals.message(wrong));
        }
        Reference.reachabilityFence(command); // Handles in it must not be let go of before the keeper has counted them.
    }

    private static boolean isLocal(ActorRef<?> asker) {
        return !asker.path().address().hasGlobalScope();
    }

    void forward(C command, ActorRef<R> asker) {
        var router = asker.path().address() + "/system/" + ROUTER;
        ActorRefResolver.get(getContext().getSystem()).resolveActorRef(router).tell(new Forwarded(handle.carried, command));
    }

    // What the families are made of.

    /** Asks the primitive; a time-out and a refusal are told as such. */
    final void operate(ActorRef<R> asker, Command command, Optional<Duration> timeout, Function<Reply, R> success) {
        operated(asker, command, timeout, answered -> success.apply(answered.reply()));
    }

    /** The same; what is to be done if it is refused comes before the asker is told. */
    final void operate(ActorRef<R> asker, Command command, Optional<Duration> timeout, Function<Reply, R> success, Runnable ifRefused) {
        long nanos = timeout.map(Handle::nanos).orElse(Sent.FOR_EVER);
        ask(asker, new Request.Operate(handle.target(), command), nanos, (call, end) -> {
            if (end instanceof Call.Replied(Reply.Refused refusal)) {
                ifRefused.run();
            }
            return answer(end, nanos, success);
        });
    }

    /** The same, with the number of the request, for answers that it names. */
    final void operated(ActorRef<R> asker, Command command, Optional<Duration> timeout, Function<Answered, R> success) {
        long nanos = timeout.map(Handle::nanos).orElse(Sent.FOR_EVER);
        ask(asker, new Request.Operate(handle.target(), command), nanos,
                (call, end) -> answer(end, nanos, reply -> success.apply(new Answered(call.number, reply))));
    }

    /** Looks into the primitive. */
    final void look(ActorRef<R> asker, String count, Function<Long, R> seen) {
        ask(asker, new Request.Inspect(handle.target(), false), Sent.FOR_EVER,
                (call, end) -> answer(end, Sent.FOR_EVER, reply -> seen.apply(((Reply.Viewed) reply).snapshot().count(count))));
    }

    /** Refuses a command when its turn has come: the keeper is only asked for the sake of the order. */
    final void refuse(ActorRef<R> asker, String code, String message) {
        try {
            ask(asker, new Request.Inspect(handle.target(), false), Sent.FOR_EVER, (call, end) -> refused(code, message));
        } catch (RuntimeException over) {
            asker.tell(refused(code, message));
        }
    }

    /** Refuses what only who has this grant may ask; {@code rule} says what becomes of it instead. */
    final void refuseNotHeld(ActorRef<R> asker, long fence, String rule) {
        refuse(asker, Refusals.NOT_HELD, Handle.capitalized(handle.label()) + " is not held under fence " + fence
                + " by an actor of this process; " + rule + ".");
    }

    /** Has something done that nobody is told of. */
    final void quietly(Command command) {
        handle.home.session().tellUnheard(new Request.Operate(handle.target(), command));
    }

    /** An item as it came from another node is encoded already. */
    final Payload encoded(Object item) {
        return item instanceof Payload payload ? payload : handle.home.encode(item);
    }

    static long checkedVersion(long version) {
        if (version < 0) {
            throw new IllegalArgumentException("A version is 0 or more, not " + version + ".");
        }
        return version;
    }

    private void ask(ActorRef<R> asker, Request request, long timeout, BiFunction<Call, Call.End, R> answer) {
        var task = new Task<>(asker, answer);
        var self = getContext().getSelf();
        task.call = handle.home.session().askTold(handle, request, timeout, (call, end) -> self.tell(new Ended<>(task, end)));
        askers.computeIfAbsent(asker, this::watched).add(task);
    }

    private Set<Task<R>> watched(ActorRef<R> asker) {
        getContext().watchWith(asker, new AskerStopped<>(asker));
        return new LinkedHashSet<>();
    }

    private R answer(Call.End end, long timeout, Function<Reply, R> success) {
        return switch (end) {
            case Call.Replied(Reply.TimedOut late) -> timedOut(handle.late(timeout, late));
            case Call.Replied(Reply.Refused no) -> refused(no.code(), Handle.capitalized(handle.label()) + ": " + no.message());
            case Call.Replied(var reply) -> success.apply(reply);
            case Call.SessionEnded over -> throw handle.home.session().over();
            case Call.KeeperSilent silent -> throw Session.silent();
            case Call.Abandoned abandoned -> throw new IllegalStateException("an abandoned call is not told");
        };
    }

    private void ended(Task<R> task, Call.End end) {
        var open = askers.get(task.asker);
        if (open != null && open.remove(task)) {
            task.asker.tell(told(task, end));
        } else if (end instanceof Call.Replied replied) {
            untold(task.call.request, replied.reply());
        }
    }

    private R told(Task<R> task, Call.End end) {
        try {
            return task.answer.apply(task.call, end);
        } catch (RuntimeException wrong) {
            return refused(AgentRefusals.code(wrong), AgentRefusals.message(wrong));
        }
    }

    private void askerStopped(ActorRef<R> asker) {
        var open = askers.remove(asker);
        if (open != null) {
            open.forEach(task -> handle.home.session().abandon(task.call));
        }
        stopped(asker);
    }
}
