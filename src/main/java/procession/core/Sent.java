package procession.core;

import java.util.List;

/**
 * A request as a session sends it.
 *
 * @param strand the calling thread; 0 for calls without one
 * @param timeout how long it may wait, in nanoseconds: zero or less to try once, {@link #FOR_EVER} without a limit
 * @param quiet whether it needs no answer when it succeeds with nothing to say
 * @param request the request
 */
public record Sent(long strand, long timeout, boolean quiet, Request request) implements Bulk<Sent> {

    /** No limit. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    @Override
    public Payload bulk() {
        return switch (request) {
            case Request.Operate(var target, Command.Put(var payload)) -> payload;
            case Request.Operate(var target, Command.Send(var end, var payload)) -> payload;
            case Request.Operate(var target, Command.PutAll(var payloads)) when payloads.size() == 1 -> payloads.getFirst();
            case Request.Operate(var target, Command.SendAll(var end, var payloads)) when payloads.size() == 1 -> payloads.getFirst();
            case Request.Operate(var target, Command.WriteValue write) -> write.value();
            case Request.Spawn spawn -> spawn.arguments();
            case Request.Report report -> report.report();
            default -> Payload.NONE;
        };
    }

    @Override
    public Sent withBulk(Payload payload) {
        Request changed = switch (request) {
            case Request.Operate(var target, Command.Put put) -> new Request.Operate(target, new Command.Put(payload));
            case Request.Operate(var target, Command.Send send) ->
                    new Request.Operate(target, new Command.Send(send.end(), payload));
            case Request.Operate(var target, Command.PutAll put) -> new Request.Operate(target, new Command.PutAll(List.of(payload)));
            case Request.Operate(var target, Command.SendAll send) ->
                    new Request.Operate(target, new Command.SendAll(send.end(), List.of(payload)));
            case Request.Operate(var target, Command.WriteValue write) ->
                    new Request.Operate(target, new Command.WriteValue(write.key(), payload, write.expected(), write.wantsOld()));
            case Request.Spawn spawn -> new Request.Spawn(spawn.child(), spawn.name(), payload);
            case Request.Report report -> new Request.Report(payload);
            default -> request;
        };
        return new Sent(strand, timeout, quiet, changed);
    }

    @Override
    public int weight() {
        return Bulk.super.weight() + switch (request) {
            case Request.Open open -> 3 * open.name().length();
            case Request.Spawn spawn -> 3 * spawn.name().length();
            case Request.Ended ended -> 3 * ended.outcome().length();
            case Request.Operate(var target, Command.AwaitCondition await) -> 3 * await.condition().length();
            case Request.Operate(var target, Command.Signal signal) -> 3 * signal.condition().length();
            case Request.Operate(var target, Command.CloseWhenGone close) -> 10 * close.children().size();
            case Request.Operate(var target, Command.PutAll put) -> Payload.weight(put.payloads());
            case Request.Operate(var target, Command.SendAll send) -> Payload.weight(send.payloads());
            case Request.Operate(var target, Command.ActionEnded ended) -> 3 * ended.error().map(String::length).orElse(0);
            case Request.Operate(var target, Command.WriteValue write) -> write.key().size();
            case Request.Operate(var target, Command.ReadValue read) -> read.key().size();
            case Request.Operate(var target, Command.AwaitValue await) -> await.key().size();
            default -> 0;
        };
    }
}
