package procession.core;

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
            case Reply.Settled settled -> settled.report();
            default -> Payload.NONE;
        };
    }

    @Override
    public Answered withBulk(Payload payload) {
        Reply changed = switch (reply) {
            case Reply.Item item -> new Reply.Item(payload);
            case Reply.Settled settled -> new Reply.Settled(payload);
            default -> reply;
        };
        return new Answered(request, changed);
    }

    @Override
    public int weight() {
        return Bulk.super.weight() + switch (reply) {
            case Reply.Viewed viewed -> 34 * (viewed.view().holds().size() + viewed.view().waiting().size()
                    + viewed.view().sleeping().size())
                    + viewed.view().counts().keySet().stream().mapToInt(name -> 16 + 3 * name.length()).sum();
            case Reply.TimedOut late -> 3 * late.situation().length();
            case Reply.Refused refused -> 3 * refused.message().length();
            case Reply.Granted granted -> weight(granted.abandoned());
            case Reply.Resumed resumed -> weight(resumed.abandoned());
            case Reply.Done done -> 0;
            case Reply.Item item -> 0;
            case Reply.Ready ready -> 0;
            case Reply.EndOfStream end -> 0;
            case Reply.Opened opened -> 0;
            case Reply.Settled settled -> 0;
        };
    }

    private static int weight(Optional<Obituary> abandoned) {
        return abandoned.map(who -> 3 * (who.process().length() + who.outcome().length())).orElse(0);
    }
}
