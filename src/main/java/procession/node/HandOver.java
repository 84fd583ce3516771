package procession.node;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import procession.core.Payload;
import procession.wire.PayloadBytes;

/**
 * What a child is told over its stdin before anything else, since it must not be seen in its arguments or environment. What follows on
 * that stream is nothing, until its end, which means that the parent is gone.
 *
 * @param system name of the actor systems of the run: the run's secret
 * @param runName name of the run
 * @param keeper where the keeper's actor is
 * @param seed address of the main node
 * @param name name of the process
 * @param daemon whether it is a daemon
 * @param parentOwner number of its parent
 * @param parentName name of its parent
 * @param parentPid pid of its parent
 * @param parentToken start token of its parent
 * @param child its number among its parent's children
 * @param authKey what processes of one run share
 * @param settings settings, as text
 * @param allowed types that may travel
 * @param folders folders of classes that come before those of the class path
 * @param properties system properties
 * @param body class, method and descriptor of the body; empty for none, the class alone for an object
 * @param arguments the arguments, or the object
 */
record HandOver(
        String system,
        String runName,
        String keeper,
        String seed,
        String name,
        boolean daemon,
        long parentOwner,
        String parentName,
        long parentPid,
        String parentToken,
        long child,
        byte[] authKey,
        String settings,
        List<String> allowed,
        List<String> folders,
        Map<String, String> properties,
        List<String> body,
        Payload arguments) {

    private static final int MAGIC = 0x50524F43;
    private static final int LONGEST = 1 << 30;

    void writeTo(OutputStream stream) throws IOException {
        var out = new DataOutputStream(stream);
        out.writeInt(MAGIC);
        for (var text : List.of(system, runName, keeper, seed, name, parentName, parentToken, settings)) {
            text(out, text);
        }
        out.writeBoolean(daemon);
        out.writeLong(parentOwner);
        out.writeLong(parentPid);
        out.writeLong(child);
        bytes(out, authKey);
        texts(out, allowed);
        texts(out, folders);
        texts(out, new ArrayList<>(properties.keySet()));
        texts(out, new ArrayList<>(properties.values()));
        texts(out, body);
        bytes(out, PayloadBytes.of(arguments));
        out.flush();
    }

    static HandOver readFrom(InputStream stream) throws IOException {
        var in = new DataInputStream(stream);
        if (in.readInt() != MAGIC) {
            throw new IOException("This is no hand-over; a child process is started by Procession, not by hand.");
        }
        var texts = new String[8];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(in);
        }
        boolean daemon = in.readBoolean();
        long parentOwner = in.readLong();
        long parentPid = in.readLong();
        long child = in.readLong();
        var authKey = bytes(in);
        var allowed = texts(in);
        var folders = texts(in);
        var properties = properties(texts(in), texts(in));
        return new HandOver(texts[0], texts[1], texts[2], texts[3], texts[4], daemon, parentOwner, texts[5], parentPid, texts[6], child,
                authKey, texts[7], allowed, folders, properties, texts(in), PayloadBytes.from(bytes(in)));
    }

    private static Map<String, String> properties(List<String> keys, List<String> values) {
        var properties = new LinkedHashMap<String, String>();
        for (int i = 0; i < keys.size(); i++) {
            properties.put(keys.get(i), values.get(i));
        }
        return properties;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var text : texts) {
            text(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("The hand-over is broken: a length of " + length + ".");
        }
        return in.readNBytes(length);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "HandOver[" + name + ", child " + child + " of " + parentName + "]";
    }
}
