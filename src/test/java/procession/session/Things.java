package procession.session;

/** What tests put into queues. */
final class Things {

    private static final ThreadLocal<Boolean> BREWING = ThreadLocal.withInitial(() -> false);

    private Things() {}

    /** It encodes, and cannot be made anew. */
    public record Poison(int dose) {
        public Poison {
            if (!BREWING.get()) {
                throw new IllegalStateException("poison is not made twice");
            }
        }
    }

    /** It says on which thread it was made. */
    public record Witness(String madeOn) {
        public Witness {
            madeOn = Thread.currentThread().getName();
        }
    }

    static Poison poison() {
        BREWING.set(true);
        try {
            return new Poison(1);
        } finally {
            BREWING.remove();
        }
    }
}
