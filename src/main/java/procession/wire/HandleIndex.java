package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Writes a handle as its number among those of the payload. Never shared: each occurrence is a copy of its own. */
final class HandleIndex extends Serializer<Object> {

    HandleIndex() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Object handle) {
        output.writeVarInt(((Graph) kryo).carry(handle), true);
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        return ((Graph) kryo).handle(input.readVarInt(true));
    }
}
