package procession.core;

import java.util.List;
import java.util.Optional;
import procession.core.Command.AddToCounter;
import procession.core.Command.ForCounter;
import procession.core.Command.ForMap;
import procession.core.Command.ReadMore;
import procession.core.Command.SetCounter;
import procession.core.Command.WriteValue;

/** Steps of counters, cells and maps, bent where a {@link Bug} is. */
final class BuggyValues {

    private BuggyValues() {}

    static Step<CounterMachine> on(CounterMachine real, Bug bug, Ticket ticket, ForCounter command, Allowance allowance) {
        return switch (command) {
            case AddToCounter add when bug == Bug.ADDED_TWICE -> real.on(ticket, new AddToCounter(2 * add.delta()), allowance);
            case SetCounter set when bug == Bug.COUNTER_SET_BLINDLY -> real.on(ticket, new SetCounter(set.value(), Optional.empty()), allowance);
            case AddToCounter add when bug == Bug.COUNTER_WAKES_NOBODY -> {
                var step = new CounterMachine(real.value(), Waiting.nobody()).on(ticket, add, allowance);
                yield with(step, new CounterMachine(step.next().value(), real.waiting()));
            }
            default -> real.on(ticket, command, allowance);
        };
    }

    static Step<MapMachine> on(MapMachine real, Bug bug, Ticket ticket, ForMap command, Allowance allowance) {
        return switch (command) {
            case WriteValue write when bug == Bug.WRITTEN_BLINDLY || (bug == Bug.ABSENT_OVERWRITTEN && write.expected() == 0) ->
                    real.on(ticket, anyway(write), allowance);
            case WriteValue write when bug == Bug.FAILED_WRITE_KEPT && write.value().carried().isEmpty() -> {
                var step = real.on(ticket, write, allowance);
                yield step.next().version() == real.version() ? with(step, real.on(ticket, anyway(write), allowance).next()) : step;
            }
            case WriteValue write when bug == Bug.FAILURE_TOLD_AS_SUCCESS && !write.wantsOld() -> {
                var step = real.on(ticket, write, allowance);
                yield step.answers().getFirst().reply() instanceof Reply.Value value && value.payload().carried().isEmpty()
                        ? new Step<>(step.next(), List.of(new Answer(ticket, new Reply.Stored(real.version() + 1))), step.settlements(), step.notes())
                        : step;
            }
            case WriteValue write when bug == Bug.CHANGE_WAKES_NOBODY -> {
                var step = new MapMachine(real.table(), real.version(), Waiting.nobody(), real.readings()).on(ticket, write, allowance);
                yield with(step, new MapMachine(step.next().table(), step.next().version(), real.waiting(), step.next().readings()));
            }
            case WriteValue write when bug == Bug.OVERWRITTEN_KEPT -> {
                var step = real.on(ticket, write, allowance);
                yield new Step<>(step.next(), step.answers(), step.next().version() == real.version() ? step.settlements()
                        : step.settlements().stream().filter(one -> !(one instanceof Settlement.Discarded)).toList(), step.notes());
            }
            case ReadMore more when bug == Bug.READ_AT_TWO_MOMENTS && real.readings().containsKey(new Ticket(ticket.owner(), 0, more.request())) -> {
                var key = new Ticket(ticket.owner(), 0, more.request());
                var now = new MapMachine.Reading(real.table(), real.version(), real.readings().get(key).from());
                yield new MapMachine(real.table(), real.version(), real.waiting(), real.readings().plus(key, now)).on(ticket, more, allowance);
            }
            default -> real.on(ticket, command, allowance);
        };
    }

    private static WriteValue anyway(WriteValue write) {
        return new WriteValue(write.key(), write.value(), WriteValue.ANY, write.wantsOld());
    }

    private static <M> Step<M> with(Step<M> step, M next) {
        return new Step<>(next, step.answers(), step.settlements(), step.notes());
    }
}
