package procession.pool;

import java.math.BigDecimal;
import java.time.Duration;

/** Time-outs. */
final class Times {

    private Times() {}

    /** Too long for nanoseconds is for ever. */
    static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            return timeout.isNegative() ? -1 : Long.MAX_VALUE;
        }
    }

    /** For people. */
    static String seconds(Duration timeout) {
        return BigDecimal.valueOf(Math.max(0, nanos(timeout)) / 1_000_000, 3).stripTrailingZeros().toPlainString() + " s";
    }
}
