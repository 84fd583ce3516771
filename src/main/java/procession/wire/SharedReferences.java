package procession.wire;

import com.esotericsoftware.kryo.util.MapReferenceResolver;
import java.util.ArrayList;
import java.util.List;

/**
 * Which values are written once and then referred to, so that what was one object is one again and cycles end. Handles are not: each
 * occurrence is a copy of its own.
 */
@SuppressWarnings("rawtypes")
final class SharedReferences extends MapReferenceResolver {

    /** Twice this fits into the default stack of a thread, even interpreted; a fixed bound fails in the sender, not by luck in the receiver. */
    static final int MAX_DEPTH = 1_000;

    private final boolean shares;
    private final List<Object> way = new ArrayList<>();

    /** References, or none: then equal values have equal bytes, whatever is one object in them, and there must be no cycles. */
    SharedReferences(boolean shares) {
        this.shares = shares;
    }

    @Override
    public boolean useReferences(Class type) {
        return shares && (type == String.class || !kryo.getSerializer(type).isImmutable());
    }

    @Override
    public int addWrittenObject(Object object) {
        int depth = depth();
        while (way.size() <= depth) {
            way.add(null);
        }
        way.set(depth, object);
        return super.addWrittenObject(object);
    }

    @Override
    public int getWrittenId(Object object) {
        int id = super.getWrittenId(object);
        if (id != -1 && kryo.getSerializer(object.getClass()) instanceof Container<?> container && !container.existsFirst()) {
            refuseCycle(object);
        }
        return id;
    }

    @Override
    public int nextReadId(Class type) {
        depth();
        return super.nextReadId(type);
    }

    @Override
    public Object getReadObject(Class type, int id) {
        Object object = super.getReadObject(type, id);
        if (object == null) {
            throw new Refusal(type, "it is part of itself");
        }
        return object;
    }

    @Override
    public void reset() {
        super.reset();
        way.clear();
    }

    private int depth() {
        if (kryo.getDepth() > MAX_DEPTH) {
            throw new Refusal("values are nested more than " + MAX_DEPTH + " deep; put them into a list instead of a chain");
        }
        return kryo.getDepth();
    }

    /** What is at a smaller depth than the current one is being written still. */
    private void refuseCycle(Object object) {
        for (int depth = 0; depth < kryo.getDepth() && depth < way.size(); depth++) {
            if (way.get(depth) == object) {
                throw new Refusal(object.getClass(), "it is part of itself, and such an object can only be made after its parts");
            }
        }
    }
}
