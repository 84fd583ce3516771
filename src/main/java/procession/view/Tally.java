package procession.view;

/** What is counted of one primitive, or of several together. Times are nanoseconds. */
final class Tally {

    final String id;
    final String label;
    final Change.Kind kind;
    long grants;
    long contended;
    long waiting;
    long timedOut;
    long refused;
    long abandoned;
    long in;
    long out;
    long deepest;
    private long waits;
    private long waited;
    private long longestWait;
    private long holds;
    private long held;
    private long longestHold;

    Tally(String id, String label, Change.Kind kind) {
        this.id = id;
        this.label = label;
        this.kind = kind;
    }

    void waited(long time) {
        waits++;
        waited += time;
        longestWait = Math.max(longestWait, time);
    }

    void held(long time) {
        holds++;
        held += time;
        longestHold = Math.max(longestHold, time);
    }

    void add(Tally other) {
        grants += other.grants;
        contended += other.contended;
        timedOut += other.timedOut;
        refused += other.refused;
        abandoned += other.abandoned;
        in += other.in;
        out += other.out;
        deepest = Math.max(deepest, other.deepest);
        waits += other.waits;
        waited += other.waited;
        longestWait = Math.max(longestWait, other.longestWait);
        holds += other.holds;
        held += other.held;
        longestHold = Math.max(longestHold, other.longestHold);
    }

    Summary.Row row() {
        return new Summary.Row(id, label, kind, grants, contended, waits, waits == 0 ? 0 : waited / waits, longestWait, holds,
                holds == 0 ? 0 : held / holds, longestHold, waiting, timedOut, refused, abandoned, in, out, deepest);
    }
}
