package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.item;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import procession.core.Command.AcquireLock;
import procession.core.Command.AcquirePermits;
import procession.core.Command.AcquireWrite;
import procession.core.Command.AwaitEvent;
import procession.core.Command.AwaitLatch;
import procession.core.Command.Get;
import procession.core.Command.GetSome;
import procession.core.Command.Put;
import procession.core.Command.Receive;

/** What it costs to leave a line; counted in bytes allocated, of which any copy of a line needs some for each who waits in it. */
class LongLinesTest extends KeeperStage {

    /** In what line somebody waits, and for what. */
    enum Line {
        LOCK(new Spec.Lock(false), new AcquireLock()),
        SEMAPHORE(new Spec.Semaphore(0, false), new AcquirePermits(1, false)),
        EVENT(new Spec.Event(), new AwaitEvent()),
        QUEUE(new Spec.Queue(0, Spec.QueueKind.PLAIN), new Get()),
        WINDOW(new Spec.Queue(0, Spec.QueueKind.JOINABLE), new GetSome(10)),
        FULL_QUEUE(new Spec.Queue(1, Spec.QueueKind.PLAIN), new Put(item("x"))),
        PIPE(new Spec.Pipe(false, 0), new Receive(1)),
        LATCH(new Spec.Latch(1), new AwaitLatch()),
        READ_WRITE_LOCK(new Spec.ReadWriteLock(), new AcquireWrite());

        final Spec spec;
        final Command command;

        Line(Spec spec, Command command) {
            this.spec = spec;
            this.command = command;
        }
    }

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FEW = 300;
    private static final int MANY = 20_000;

    /** Bytes allocated for each of a hundred who leave from the middle. */
    private static long cost(Supplier<LongSupplier> line) {
        line.get().getAsLong();
        return line.get().getAsLong();
    }

    private LongSupplier withdrawing(Line line, int waiters) {
        var target = main.makes(line.spec);
        long last = 0;
        for (int i = 0; i <= waiters; i++) {
            last = main.link.send(new Sent(0, Sent.FOR_EVER, false, new Request.Operate(target, line.command)));
            if (i % 1000 == 0) {
                exchange();
            }
        }
        exchange();
        long middle = last - waiters / 2;
        return () -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                main.asks(new Request.Withdraw(middle + i));
            }
            long cost = (THREADS.getCurrentThreadAllocatedBytes() - before) / 100;
            assertThat(main.reply(middle)).isInstanceOf(Reply.TimedOut.class);
            return cost;
        };
    }

    @ParameterizedTest
    @EnumSource
    void leavingFromTheMiddleOfALongLineCostsAboutAsMuchAsOfAShortOne(Line line) {
        long few = cost(() -> withdrawing(line, FEW));
        long many = cost(() -> withdrawing(line, MANY));

        assertThat(many).isLessThan(3 * few);
    }
}
