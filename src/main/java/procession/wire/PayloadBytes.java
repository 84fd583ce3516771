package procession.wire;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import procession.core.Payload;

/** A payload with its carried handles, as bytes for other transports than the link. */
public final class PayloadBytes {

    private PayloadBytes() {}

    /**
     * Writes a payload.
     *
     * @param payload the payload
     * @return its bytes
     */
    public static byte[] of(Payload payload) {
        var out = new Output(payload.size() + 256, -1);
        CoreBytes.payload(out, payload);
        return out.toBytes();
    }

    /**
     * Reads a payload.
     *
     * @param bytes what {@link #of} wrote
     * @return the payload
     */
    public static Payload from(byte[] bytes) {
        return CoreBytes.payload(new Input(bytes));
    }
}
