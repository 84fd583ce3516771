package procession.pool;

import java.time.Duration;
import java.util.List;

/**
 * What the settings say of pools; {@code reference.conf} says what each means.
 *
 * @param readAhead how many items of an input are read and not taken; 0 for two chunks for each worker and two more
 * @param tries how many starts in a row may fail
 * @param firstPause how long is waited after one that failed
 * @param longestPause how long that gets
 * @param jvmOptions of workers, behind those of every child
 */
public record PoolSettings(int readAhead, int tries, Duration firstPause, Duration longestPause, List<String> jvmOptions) {

    /** Copies the list. */
    public PoolSettings {
        jvmOptions = List.copyOf(jvmOptions);
    }
}
