package procession.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Both ends of a link, without a wire between them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LinkBenchmark {

    private static final Sent REQUEST = new Sent(1, Sent.FOR_EVER, false, new Request.Operate(
            new PrimitiveId(1, 1), new Command.AcquireLock()));
    private static final Answered ANSWER = new Answered(1, new Reply.Done());

    private final Link<Sent, Answered> session = new Link<>();
    private final Link<Answered, Sent> keeper = new Link<>();
    private long now;

    /** A request goes up, its answer comes down. */
    @Benchmark
    public Object roundTrip() {
        now += 1_000;
        session.send(REQUEST);
        var request = keeper.receive(session.transmit(now).orElseThrow(), now);
        keeper.send(ANSWER);
        var answer = session.receive(keeper.transmit(now).orElseThrow(), now);
        return request.size() + answer.size();
    }
}
