package procession.core;

import java.util.Arrays;
import java.util.List;

/**
 * A user's value on its way: encoded by the sender, decoded only by the receiver.
 *
 * @param codec which codec wrote the bytes
 * @param bytes the encoded value; not to be changed
 * @param carried the handles in it, in the order in which the bytes refer to them
 */
public record Payload(int codec, byte[] bytes, List<Carried> carried) {

    /** No bytes: stands for an absent value. */
    public static final Payload NONE = new Payload(0, new byte[0], List.of());

    private static final int OVERHEAD = 8;

    /** Copies the list of handles; the bytes are taken as they are. */
    public Payload {
        carried = List.copyOf(carried);
    }

    /**
     * How much room it takes.
     *
     * @return the number of encoded bytes
     */
    public int size() {
        return bytes.length;
    }

    /**
     * About how many bytes the handles in it take on the wire, beside the encoded bytes.
     *
     * @return the number of bytes, rather more than less
     */
    public int weightOfHandles() {
        return carried.stream().mapToInt(Carried::weight).sum();
    }

    /**
     * About how many bytes it takes on the wire as one of several.
     *
     * @return the number of bytes, rather more than less
     */
    public int weight() {
        return bytes.length + OVERHEAD + (carried.isEmpty() ? 0 : weightOfHandles());
    }

    /** About how many bytes these take on the wire; nothing for one alone, whose bytes are the bulk of its message. */
    static int weight(List<Payload> payloads) {
        int weight = 0;
        for (int i = 0; payloads.size() > 1 && i < payloads.size(); i++) {
            weight += payloads.get(i).weight();
        }
        return weight;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload p && codec == p.codec && Arrays.equals(bytes, p.bytes) && carried.equals(p.carried);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + carried.hashCode();
    }

    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes" + (carried.isEmpty() ? "" : ", carrying " + carried.size()) + "]";
    }
}
