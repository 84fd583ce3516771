package procession.session;

import procession.Waitable;
import procession.core.Command;
import procession.core.Reply;

/**
 * What somebody waits for to become of a value: a change, or a height.
 *
 * @param of the value
 * @param polling asks for it, and brings nothing along
 * @param words what it is, for people
 */
record Watched(Handle of, Command polling, String words) implements Waitable, Polled {

    @Override
    public boolean ready(Reply reply) {
        return switch (reply) {
            case Reply.Stored stored -> true;
            case Reply.Counted counted -> true;
            case Reply.TimedOut late -> false;
            default -> throw of.unexpected(reply);
        };
    }

    @Override
    public String toString() {
        return words + " of " + of.label();
    }
}
