package procession.ask;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.core.Answered;
import procession.core.Command;
import procession.core.Hello;
import procession.core.Keeper;
import procession.core.Link;
import procession.core.Look;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Request;
import procession.core.Rules;
import procession.core.Sent;
import procession.core.Spec;
import procession.record.LatestLines;
import procession.record.Recorder;

/** A run of one process, which is this one, with a keeper that answers at once. */
final class Asked implements Source {

    static final long PID = ProcessHandle.current().pid();

    final Recorder recorder;
    private final Keeper keeper;
    private final Owner main;
    private final Link<Sent, Answered> link = new Link<>();
    private long named;
    private long now = 1_000_000_000L;

    Asked(int remembers) {
        recorder = new Recorder(remembers);
        keeper = new Keeper(Rules.usual(1000), recorder.isOn() ? recorder : null);
        var hello = new Hello(0, 0, "MainProcess", PID, "token");
        keeper.hello(hello, now);
        main = keeper.find(hello).orElseThrow().owner();
    }

    PrimitiveId opens(String name, Spec spec) {
        says(0, new Request.Open(name, spec, true));
        return new PrimitiveId(0, ++named);
    }

    void says(long strand, PrimitiveId target, Command command) {
        says(strand, new Request.Operate(target, command));
    }

    private void says(long strand, Request request) {
        link.send(new Sent(strand, Sent.FOR_EVER, false, request));
        link.transmit(now).ifPresent(frame -> keeper.receive(main, frame, now));
    }

    void announces(String child) {
        says(0, new Request.Spawn(1, child, procession.core.Payload.NONE));
    }

    void pass(long nanos) {
        now += nanos;
    }

    @Override
    public RunFacts run() {
        return new RunFacts("demo", PID, "1.0", Instant.parse("2026-11-28T05:00:00Z"));
    }

    @Override
    public CompletableFuture<Look> look() {
        return CompletableFuture.completedFuture(keeper.look(now));
    }

    @Override
    public Optional<LatestLines> trace() {
        return recorder.isOn() ? Optional.of(LatestLines.of(recorder, "demo", "1.0", 3)) : Optional.empty();
    }
}
