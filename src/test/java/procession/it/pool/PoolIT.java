package procession.it.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.Pool;
import procession.testkit.TestRun;

class PoolIT {

    private static TestRun test;
    private static Pool pool;

    @BeforeAll
    static void start() {
        test = TestRun.start();
        pool = test.run().pool(2);
    }

    @AfterAll
    static void end() {
        long t = System.nanoTime();
        pool.close();
        System.out.println("close " + (System.nanoTime() - t) / 1_000_000.0);
        test.close();
    }

    static int square(int n) {
        return n * n;
    }

    @Test
    void aTaskGivesItsValue() throws Exception {
        long t = System.nanoTime();
        assertThat(pool.apply(PoolIT::square, 7)).isEqualTo(49);
        System.out.println("first " + (System.nanoTime() - t) / 1_000_000.0);
        for (int k = 0; k < 20; k++) {
            t = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                pool.apply(PoolIT::square, 7);
            }
            System.out.print("task " + (System.nanoTime() - t) / 100_000 + " us; ");
        }
        System.out.println();
        var all = IntStream.range(0, 10_000).boxed().toList();
        for (int k = 0; k < 20; k++) {
            t = System.nanoTime();
            var r = pool.map(PoolIT::square, all).get();
            System.out.print("map " + (System.nanoTime() - t) / 1_000_00 / 10.0 + " ms; ");
            assertThat(r).hasSize(10_000);
            assertThat(r.get(9_999)).isEqualTo(9_999 * 9_999);
        }
        System.out.println();
    }
}
