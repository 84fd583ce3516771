package procession.node;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
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
    public MethodHandle method(List<String> name) throws ReflectiveOperationException {
        var method = new BodyReference(name).method(Run.loader());
        var handle = MethodHandles.lookup().unreflect(method);
        return handle.asType(handle.type().generic()).asSpreader(Object[].class, method.getParameterCount());
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
