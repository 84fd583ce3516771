package procession.pool;

/** What is to be done because of something that has happened. Workers and jobs are numbered. */
sealed interface Deed {

    /** A worker is to be started. */
    record Start(long worker) implements Deed {}

    /** A worker that is idle is to do a job. */
    record Give(long worker, long job) implements Deed {}

    /** A worker that is idle is to end. */
    record Retire(long worker) implements Deed {}

    /** A worker is to be ended, whatever it does. */
    record Kill(long worker) implements Deed {}

    /**
     * A job has ended, and everybody is to be told.
     *
     * @param job the job
     * @param verdict how
     * @param worker whose it was at last; 0 for nobody's
     */
    record End(long job, Verdict verdict, long worker) implements Deed {}
}
