package procession.node;

import java.util.List;
import procession.Connection;
import procession.core.Payload;
import procession.pool.Worker;

/** What the process of a pool's worker runs. */
final class PoolWorker implements Worker.Place {

    private final ChildRun run;

    private PoolWorker(ChildRun run) {
        this.run = run;
    }

    static void work(Connection pool) throws InterruptedException {
        new Worker(new PoolWorker(NodeProvider.child()), pool).work();
    }

    @Override
    public void learn(String type) {
        run.family().allowPackageOf(type);
    }

    @Override
    public Worker.Call method(List<String> name) throws Throwable {
        return DirectCall.of(new BodyReference(name).method(Run.loader()));
    }

    @Override
    public Payload encode(Object value) {
        return run.node().handles().encode(value);
    }

    @Override
    public void send(Connection to, Payload payload) {
        run.node().handles().sendBehind(to, payload);
    }
}
