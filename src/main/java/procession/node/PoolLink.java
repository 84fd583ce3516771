package procession.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import procession.Body1;
import procession.Connection;
import procession.Pipe;
import procession.Process;
import procession.core.Payload;
import procession.pool.Link;

/** A child that is a worker, and the pipe to it: the first end is the pool's, the second the worker's. */
final class PoolLink implements Link {

    private static final Body1<Connection> WORK = PoolWorker::work;

    private final Family family;
    private final ChildProcess worker;
    private final Pipe pipe;

    private PoolLink(Family family, ChildProcess worker, Pipe pipe) {
        this.family = family;
        this.worker = worker;
        this.pipe = pipe;
    }

    static Link to(Family family, String name, List<String> jvmOptions) {
        var pipe = family.node().handles().pipe(true);
        try {
            var worker = family.worker(WORK, new Object[] {pipe.second()}, name);
            worker.jvmOptions(jvmOptions.toArray(String[]::new));
            worker.startAsync();
            return new PoolLink(family, worker, pipe);
        } catch (RuntimeException refused) {
            pipe.close();
            throw refused;
        }
    }

    @Override
    public Process process() {
        return worker;
    }

    @Override
    public CompletableFuture<Void> send(Payload payload) {
        return family.node().handles().send(pipe.first(), payload);
    }

    @Override
    public CompletableFuture<Object> receive() {
        return pipe.first().receiveAsync();
    }

    @Override
    public CompletableFuture<List<Payload>> takeBack() {
        return takeBack(new ArrayList<>());
    }

    private CompletableFuture<List<Payload>> takeBack(List<Payload> taken) {
        return family.node().handles().takeBack(pipe.second()).thenCompose(one -> {
            one.ifPresent(taken::add);
            return one.isEmpty() ? CompletableFuture.completedFuture(taken) : takeBack(taken);
        });
    }

    @Override
    public void letGo() {
        pipe.second().close();
    }

    @Override
    public void close() {
        pipe.close();
    }

    @Override
    public void end() {
        worker.terminate();
        CompletableFuture.delayedExecutor(family.settings().killAfter().toMillis(), TimeUnit.MILLISECONDS, family.threads())
                .execute(worker::kill);
    }

    @Override
    public List<String> lastLines() {
        return worker.lastLines();
    }
}
