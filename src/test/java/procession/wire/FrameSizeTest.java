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
import procession.core.Deadlock;
import procession.core.Link;
import procession.core.Obituary;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Snapshot;
import procession.core.Spec;

/** A frame that is too big for the transport is dropped and repeated for ever, so none may be. */
class FrameSizeTest {

    private static final int TRANSPORT_LIMIT = 256 * 1024;
    private static final int HEADERS = 1024;
    private static final Owner OWNER = new Owner(Long.MAX_VALUE);

    static List<Reply> bigReplies() {
        var name = "ü".repeat(256);
        var holding = new Snapshot.Holding(name, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
        var queued = new Snapshot.Queued(name, Long.MAX_VALUE, Long.MAX_VALUE, "for condition " + name, Long.MAX_VALUE);
        var id = new PrimitiveId(Long.MAX_VALUE, Long.MAX_VALUE);
        var wait = new Deadlock.Wait(name, Long.MAX_VALUE, Long.MAX_VALUE, id, Optional.of(name), Long.MAX_VALUE);
        var carried = new Carried(new Resource(id, 1), new Spec.Lock(false), Optional.of(name));
        return List.of(
                new Reply.Viewed(new Snapshot(Collections.nCopies(Snapshot.MOST, holding), Collections.nCopies(Snapshot.MOST, queued),
                        Map.of("size", 1L), Long.MAX_VALUE)),
                new Reply.Deadlocks(Collections.nCopies(2, new Deadlock(Collections.nCopies(Deadlock.MOST / 2, wait), 1, 1))),
                new Reply.DeadLetter(1, 1, new Obituary(OWNER, name, name, true), new Payload(1, new byte[Link.FRAGMENT],
                        Collections.nCopies(100, carried))),
                new Reply.TimedOut("ü".repeat(2000)),
                new Reply.Refused("code", "ü".repeat(2000)),
                new Reply.Granted(1, 1, Optional.of(new Obituary(OWNER, name, name, true))),
                new Reply.Item(new Payload(1, new byte[Link.FRAGMENT], Collections.nCopies(100, carried)), 1),
                new Reply.Item(new Payload(1, new byte[10 * Link.FRAGMENT], Collections.nCopies(100, carried)), 0),
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
