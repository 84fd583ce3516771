package procession.session;

import java.time.Instant;
import java.util.List;
import procession.Deadlock;
import procession.Inspection;
import procession.core.Snapshot;

/** Makes of what the keeper saw what users read: its times are those of a clock that all JVMs of a host share, but no calendar's. */
final class Inspections {

    private Inspections() {}

    static Inspection of(String label, Snapshot seen) {
        var times = new Times(seen.at());
        var all = seen.holders().stream().map(holder -> new Inspection.Holder(holder.process(), holder.pid(), holder.strand(),
                holder.fence(), holder.units(), times.instant(holder.since()))).toList();
        return new Inspection(label, all.stream().filter(holder -> holder.units() > 0).toList(),
                all.stream().filter(holder -> holder.units() == 0).findFirst(),
                seen.waiters().stream().map(waiter -> new Inspection.Waiter(waiter.process(), waiter.pid(), waiter.strand(),
                        waiter.wants(), times.instant(waiter.since()))).toList(),
                seen.counts(), times.instant(seen.at()));
    }

    static List<Deadlock> of(List<procession.core.Deadlock> found) {
        return found.stream().map(Inspections::of).toList();
    }

    private static Deadlock of(procession.core.Deadlock deadlock) {
        var times = new Times(deadlock.at());
        return new Deadlock(deadlock.chain().stream().map(wait -> new Deadlock.Wait(wait.process(), wait.pid(), wait.strand(), wait.what(),
                times.instant(wait.since()))).toList(), times.instant(deadlock.found()), deadlock.words());
    }

    /** Instants for times of the keeper's clock. */
    private static final class Times {
        private final Instant now = Instant.now();
        private final long at;

        Times(long at) {
            this.at = at;
        }

        Instant instant(long nanos) {
            return now.minusNanos(at - nanos);
        }
    }
}
