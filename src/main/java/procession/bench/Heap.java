package procession.bench;

/** How much of this JVM's heap is in use. */
final class Heap {

    private Heap() {}

    /** Bytes in use, garbage collected before. */
    static long used() {
        var runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
