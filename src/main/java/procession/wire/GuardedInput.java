package procession.wire;

import com.esotericsoftware.kryo.io.Input;

/**
 * Reads bytes that may be anyone's. A length is believed only as far as bytes are left for what it announces, so no payload makes
 * its reader allocate more than a small multiple of its own size.
 */
final class GuardedInput extends Input {

    private long announced;

    GuardedInput(byte[] bytes) {
        super(bytes);
    }

    /** How many elements of {@code each} bytes, or more, follow at once. */
    int length(int each) {
        int length = readVarInt(true);
        if (length < 0 || (long) length * each > limit - position) {
            throw new Refusal("its bytes announce more than they hold");
        }
        return length;
    }

    /**
     * How many parts follow, each with {@code each} bytes of its own and perhaps parts in turn. Every byte belongs to one part only,
     * so what nested containers announce adds up to no more than the payload.
     */
    int parts(int each) {
        int length = length(each);
        announced += (long) length * each;
        if (announced > limit) {
            throw new Refusal("its bytes announce more than they hold");
        }
        return length;
    }

    @Override
    public String readString() {
        int start = position;
        if (readVarIntFlag()) {
            int length = readVarIntFlag(true) - 1;
            if (length < 0 || length > limit - position) {
                throw new Refusal("its bytes announce a longer text than they hold");
            }
            position = start;
        }
        return super.readString();
    }

    /** Kryo's own moves the rest to the front before it fails; the bytes of a payload are not to be changed. */
    @Override
    protected int require(int required) {
        if (limit - position < required) {
            throw new Refusal("its bytes end too early");
        }
        return limit - position;
    }

    @Override
    public boolean end() {
        return position == limit;
    }
}
