package procession.core;

import java.util.List;
import java.util.Optional;

/**
 * An answer as the keeper sends it.
 *
 * @param request number of the request it answers
 * @param reply what it says
 */
public record Answered(long request, Reply reply) implements Bulk<Answered> {

    @Override
    public Payload bulk() {
        return switch (reply) {
            case Reply.Item item -> item.payload();
            case Reply.Items items when items.items().size() == 1 -> items.items().getFirst().payload();
            case Reply.Settled settled -> settled.report();
            case Reply.DeadLetter letter -> letter.payload();
            case Reply.Value value -> value.payload();
            case Reply.Entries some when some.entries().size() == 1 -> some.entries().getFirst().payload();
            default -> Payload.NONE;
        };
    }

    @Override
    public Answered withBulk(Payload payload) {
        Reply changed = switch (reply) {
            case Reply.Item item -> new Reply.Item(payload, item.redelivered());
            case Reply.Items items -> new Reply.Items(List.of(new Reply.Item(payload, items.items().getFirst().redelivered())));
            case Reply.Settled settled -> new Reply.Settled(payload);
            case Reply.DeadLetter letter -> new Reply.DeadLetter(letter.number(), letter.deliveries(), letter.last(), payload);
            case Reply.Value value -> new Reply.Value(value.version(), payload);
            case Reply.Entries some -> new Reply.Entries(some.version(), List.of(withPayload(some.entries().getFirst(), payload)), some.more());
            default -> reply;
        };
        return new Answered(request, changed);
    }

    @Override
    public int weight() {
        return Bulk.super.weight() + switch (reply) {
            case Reply.Viewed viewed -> viewed.snapshot().weight();
            case Reply.Deadlocks found -> found.deadlocks().stream().mapToInt(Deadlock::weight).sum();
            case Reply.DeadLetter letter -> weight(Optional.of(letter.last()));
            case Reply.TimedOut late -> 3 * late.situation().length();
            case Reply.Refused refused -> 3 * refused.message().length();
            case Reply.Granted granted -> weight(granted.abandoned());
            case Reply.Resumed resumed -> weight(resumed.abandoned());
            case Reply.CalledIn called -> 0;
            case Reply.Done done -> 0;
            case Reply.Item item -> 0;
            case Reply.Items items -> items.items().size() == 1 ? 0 : items.items().stream().mapToInt(item -> item.payload().weight() + 2).sum();
            case Reply.Ready ready -> 0;
            case Reply.EndOfStream end -> 0;
            case Reply.Opened opened -> 0;
            case Reply.Settled settled -> 0;
            case Reply.Passed passed -> 0;
            case Reply.Act act -> 0;
            case Reply.Counted counted -> 0;
            case Reply.Value value -> 0;
            case Reply.Stored stored -> 0;
            case Reply.Entries some -> some.entries().size() == 1 ? some.entries().getFirst().key().weight()
                    : some.entries().stream().mapToInt(Reply.Entry::weight).sum();
        };
    }

    private static Reply.Entry withPayload(Reply.Entry entry, Payload payload) {
        return new Reply.Entry(entry.key(), payload, entry.version());
    }

    private static int weight(Optional<Obituary> abandoned) {
        return abandoned.map(who -> 3 * (who.process().length() + who.outcome().length())).orElse(0);
    }
}
