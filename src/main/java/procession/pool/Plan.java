package procession.pool;

/**
 * What a pool obeys.
 *
 * @param workers how many workers there are to be
 * @param tasksPerWorker after how many tasks a worker is replaced; 0 for never
 * @param tries how many starts in a row may fail before the pool ends, if no worker is left
 * @param firstPause how long is waited after a start that failed, in nanoseconds; it doubles from one to the next
 * @param longestPause how long it gets
 */
record Plan(int workers, int tasksPerWorker, int tries, long firstPause, long longestPause) {

    /** How long to wait before the next start after so many in a row that came to nothing. */
    long pause(int failures) {
        return failures == 0 ? 0 : Math.min(longestPause, firstPause << Math.min(failures - 1, 20));
    }
}
