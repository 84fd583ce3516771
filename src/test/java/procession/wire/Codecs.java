package procession.wire;

import java.util.Optional;
import procession.core.Carried;
import procession.core.PrimitiveId;
import procession.core.Resource;
import procession.core.Spec;
import procession.wire.Things.FakeLock;

/** Codecs for the tests. */
final class Codecs {

    static final int MAX = 32 * 1024 * 1024;

    /** Handles are {@link FakeLock}s. */
    static final PayloadCodec.HandlePort LOCKS = new PayloadCodec.HandlePort() {
        @Override
        public Optional<Carried> carried(Object value) {
            return value instanceof FakeLock lock ? Optional.of(lock.carried()) : Optional.empty();
        }

        @Override
        public Object handle(Carried carried) {
            return new FakeLock(carried);
        }
    };

    private Codecs() {}

    static PayloadCodec forThings() {
        return allowing(Things.class.getName());
    }

    static PayloadCodec allowing(String... entries) {
        return new PayloadCodec(AllowedTypes.of(entries), Codecs.class.getClassLoader(), MAX, LOCKS);
    }

    static FakeLock lock(long number) {
        return new FakeLock(new Carried(new Resource(new PrimitiveId(1, number), Resource.WHOLE), new Spec.Lock(false), Optional.of("lock-" + number)));
    }
}
