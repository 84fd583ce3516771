package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.AcquireRead;
import procession.core.Command.AcquireWrite;
import procession.core.Command.ReleaseReadWrite;

/** Cycles of waits through locks that several hold. */
class KeeperReadWriteDeadlocksTest extends KeeperStage {

    private final Peer ben = main.spawns("ben");
    private final Peer cleo = main.spawns("cleo");
    private final PrimitiveId prices = main.opens("prices", new Spec.ReadWriteLock());
    private final PrimitiveId lock = main.opens("A", LOCK);

    private static long asks(Peer who, PrimitiveId target, Command command) {
        return who.asksBy(1, target, command);
    }

    private List<Deadlock.Wait> onlyChain() {
        assertThat(keeper.deadlocks()).hasSize(1);
        return keeper.deadlocks().getFirst().chain();
    }

    @Test
    @Row({"RW-06", "G27"})
    void whoReadsAndAsksToWriteWaitsForItself() {
        asks(main, prices, new AcquireRead());

        asks(main, prices, new AcquireWrite());

        assertThat(keeper.deadlocks()).singleElement().satisfies(found -> assertThat(found.words())
                .isEqualTo("MainProcess (pid 100, thread 1) holds lock 'prices', waits for lock 'prices' held by itself"));
    }

    @Test
    @Row("RW-06")
    void whoWritesAndAsksToReadWaitsForItself() {
        asks(main, prices, new AcquireWrite());

        asks(main, prices, new AcquireRead());

        assertThat(onlyChain()).hasSize(1);
    }

    @Test
    @Row("RW-06")
    void whoReadsAndAsksToReadBehindAWriterWaitsForItself() {
        asks(main, prices, new AcquireRead());
        asks(ben, prices, new AcquireWrite());
        assertThat(keeper.deadlocks()).isEmpty();

        asks(main, prices, new AcquireRead());

        assertThat(onlyChain()).hasSize(1);
    }

    @Test
    @Row({"RW-06", "G27"})
    void aWriterWaitsForEachOfTheReadersSoAnyOfThemMayCloseTheCycle() {
        asks(main, lock, new AcquireLock());
        asks(ben, prices, new AcquireRead());
        asks(cleo, prices, new AcquireRead());
        asks(main, prices, new AcquireWrite());
        assertThat(keeper.deadlocks()).isEmpty();

        asks(cleo, lock, new AcquireLock());

        assertThat(onlyChain()).extracting(Deadlock.Wait::process).containsExactly("cleo", "MainProcess");
    }

    @Test
    @Row("RW-06")
    void aReaderBehindAWriterWaitsForThoseWhoReadNow() {
        asks(main, lock, new AcquireLock());
        asks(ben, prices, new AcquireRead());
        asks(cleo, prices, new AcquireWrite());
        asks(ben, lock, new AcquireLock());
        assertThat(keeper.deadlocks()).isEmpty();

        asks(main, prices, new AcquireRead());

        assertThat(onlyChain()).extracting(Deadlock.Wait::process).containsExactly("MainProcess", "ben");
    }

    @Test
    @Row("RW-06")
    void ofTwoThreadsThatReadTheOneThatAsksToWriteWaitsForItselfFirst() {
        asks(main, prices, new AcquireRead());
        main.asksBy(2, prices, new AcquireRead());

        main.asksBy(2, prices, new AcquireWrite());

        assertThat(onlyChain()).extracting(Deadlock.Wait::strand).containsExactly(2L);
    }

    @Test
    @Row("RW-06")
    void twoReadWriteLocksInOppositeOrderAreFound() {
        var names = main.opens("names", new Spec.ReadWriteLock());
        asks(main, prices, new AcquireWrite());
        asks(ben, names, new AcquireRead());
        asks(main, names, new AcquireWrite());

        asks(ben, prices, new AcquireRead());

        assertThat(onlyChain()).extracting(Deadlock.Wait::process).containsExactly("ben", "MainProcess");
    }

    @Test
    @Row("RW-06")
    void manyWhoReadAndOneWhoWaitsAreNone() {
        asks(main, prices, new AcquireRead());
        asks(ben, prices, new AcquireRead());

        asks(cleo, prices, new AcquireWrite());
        main.asksBy(2, prices, new AcquireRead());

        assertThat(keeper.deadlocks()).isEmpty();
    }

    @Test
    @Row("RW-06")
    void itIsGoneWhenTheReaderThatClosedItGivesItBack() {
        asks(main, lock, new AcquireLock());
        asks(ben, prices, new AcquireRead());
        long held = asks(cleo, prices, new AcquireRead());
        asks(main, prices, new AcquireWrite());
        asks(cleo, lock, new AcquireLock());
        assertThat(keeper.deadlocks()).hasSize(1);

        cleo.asksBy(2, prices, new ReleaseReadWrite(cleo.fence(held)));

        assertThat(keeper.deadlocks()).isEmpty();
    }
}
