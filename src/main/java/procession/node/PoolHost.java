package procession.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import procession.core.Payload;
import procession.pool.Host;
import procession.pool.Link;

/** What pools get from the process that makes them. */
final class PoolHost implements Host {

    private final Family family;

    PoolHost(Family family) {
        this.family = family;
    }

    @Override
    public List<String> reference(Object task) {
        var words = BodyReference.ofTask(task).words();
        family.allowPackageOf(words.getFirst());
        return words;
    }

    @Override
    public Payload encode(Object value) {
        return family.node().handles().encode(value);
    }

    @Override
    public Link hire(String name, List<String> jvmOptions) {
        return PoolLink.to(family, name, jvmOptions);
    }

    @Override
    public void execute(Runnable work) {
        family.threads().execute(work);
    }

    @Override
    public void later(long nanos, Runnable work) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, family.threads()).execute(work);
    }

    @Override
    public void tell(String line) {
        if (!family.isEndingInHook()) {
            System.err.println("procession: " + line);
        }
    }

    @Override
    public Gauge gauge(String what, long of) {
        return family.gauge(what, of);
    }
}
