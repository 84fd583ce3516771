package procession.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.io.Output;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import procession.core.Answered;
import procession.core.Carried;
import procession.core.Link;
import procession.core.Obituary;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Spec;
import procession.core.Ticket;
import procession.core.View;

/** A frame that is too big for the transport is dropped and repeated for ever, so none may be. */
class FrameSizeTest {

    private static final int TRANSPORT_LIMIT = 256 * 1024;
    private static final int HEADERS = 1024;
    private static final Owner OWNER = new Owner(Long.MAX_VALUE);

    static List<Reply> bigReplies() {
        var ticket = new Ticket(OWNER, Long.MAX_VALUE, Long.MAX_VALUE);
        var hold = new View.Hold(OWNER, Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
        var name = "ü".repeat(256);
        var carried = new Carried(new Resource(new PrimitiveId(Long.MAX_VALUE, Long.MAX_VALUE), 1), new Spec.Lock(false), Optional.of(name));
        return List.of(
                new Reply.Viewed(new View(Collections.nCopies(100, hold), Collections.nCopies(100, ticket), Map.of("size", 1L))),
                new Reply.TimedOut("ü".repeat(2000)),
                new Reply.Refused("code", "ü".repeat(2000)),
                new Reply.Granted(1, 1, Optional.of(new Obituary(OWNER, name, name))),
                new Reply.Item(new Payload(1, new byte[Link.FRAGMENT], Collections.nCopies(100, carried))),
                new Reply.Item(new Payload(1, new byte[10 * Link.FRAGMENT], Collections.nCopies(100, carried))),
                new Reply.Settled(new Payload(1, new byte[100], Collections.nCopies(100, carried))));
    }

    @ParameterizedTest
    @MethodSource("bigReplies")
    void framesOfManyBigMessagesStayBelowTheTransportsLimit(Reply reply) {
        var link = new Link<Answered, Sent>();
        for (int i = 0; i < 1000; i++) {
            link.send(new Answered(Long.MAX_VALUE, reply));
        }

        for (var frame = link.transmit(0); frame.isPresent(); frame = link.transmit(0)) {
            var out = new Output(1024, -1);
            FrameBytes.frame(out, frame.get(), AnswerBytes::answered);
            assertThat(out.position()).isLessThan(TRANSPORT_LIMIT - HEADERS);
        }
    }
}
