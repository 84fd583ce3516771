package procession.wire;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;

/** How arrays of primitives are written: their length, then every element in its full width. */
final class PrimitiveArrays {

    private PrimitiveArrays() {}

    /** For an array's class by its name, such as {@code [B}; null for any other name. */
    static Serializer<?> of(String name) {
        return switch (name) {
            case "[B" -> Value.<byte[]>mutable((out, a) -> {
                announce(out, a.length, Byte.BYTES);
                out.writeBytes(a);
            }, in -> in.readBytes(in.length(Byte.BYTES)));
            case "[Z" -> Value.<boolean[]>mutable((out, a) -> {
                announce(out, a.length, 1);
                out.writeBooleans(a, 0, a.length);
            }, in -> in.readBooleans(in.length(1)));
            case "[S" -> Value.<short[]>mutable((out, a) -> {
                announce(out, a.length, Short.BYTES);
                out.writeShorts(a, 0, a.length);
            }, in -> in.readShorts(in.length(Short.BYTES)));
            case "[C" -> Value.<char[]>mutable((out, a) -> {
                announce(out, a.length, Character.BYTES);
                out.writeChars(a, 0, a.length);
            }, in -> in.readChars(in.length(Character.BYTES)));
            case "[I" -> Value.<int[]>mutable((out, a) -> {
                announce(out, a.length, Integer.BYTES);
                out.writeInts(a, 0, a.length);
            }, in -> in.readInts(in.length(Integer.BYTES)));
            case "[J" -> Value.<long[]>mutable((out, a) -> {
                announce(out, a.length, Long.BYTES);
                out.writeLongs(a, 0, a.length);
            }, in -> in.readLongs(in.length(Long.BYTES)));
            case "[F" -> Value.<float[]>mutable((out, a) -> {
                announce(out, a.length, Float.BYTES);
                out.writeFloats(a, 0, a.length);
            }, in -> in.readFloats(in.length(Float.BYTES)));
            case "[D" -> Value.<double[]>mutable((out, a) -> {
                announce(out, a.length, Double.BYTES);
                out.writeDoubles(a, 0, a.length);
            }, in -> in.readDoubles(in.length(Double.BYTES)));
            default -> null;
        };
    }

    /** Kryo computes in {@code int} how much room an array needs; one that cannot fit is refused before it gets there. */
    private static void announce(Output output, int length, int width) {
        if ((long) length * width > output.getMaxCapacity()) {
            throw new KryoBufferOverflowException("An array of " + (long) length * width + " bytes");
        }
        output.writeVarInt(length, true);
    }
}
