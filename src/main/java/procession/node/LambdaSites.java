package procession.node;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.LambdaMetafactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A class file whose lambdas of Scala's and Akka's interfaces become plain ones, where all that they are beside is serializable. Scala's
 * compiler makes every lambda serializable. Such a lambda needs {@link LambdaMetafactory#altMetafactory}, and what that makes does not go
 * into an archive of classes: every JVM makes it again, at about half a millisecond each, and a child has 800. Only the table of bootstrap
 * methods changes, and five constants are added.
 */
final class LambdaSites {

    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String PLAIN = "metafactory";
    private static final String PLAIN_TYPE = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
            + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;";
    private static final Set<String> SERIALIZABLE = Set.of("java/io/Serializable", "scala/Serializable");
    /** Nobody serializes these; those of others, Procession's bodies among them, have their reasons. */
    private static final Pattern OF_SCALA_OR_AKKA = Pattern.compile("\\)L(scala|akka)/[^;]+;$");
    /** These have one abstract method, of objects: nobody can call the bridges, of the lambda's own types, that Scala adds. */
    private static final Pattern FUNCTION_OF_SCALA = Pattern.compile("\\)Lscala/Function\\d+;$");
    private static final int PLAIN_ARGUMENTS = 3;
    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;
    private static final int HANDLE = 15;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int INVOKE_STATIC = 6;
    private static final byte CHECK_CAST = (byte) 0xC0;
    private static final int MOST_CONSTANTS = 0xFFFF;
    private static final int ADDED = 5;

    private final ByteBuffer file;
    private int[] constants;
    private int endOfConstants;

    private LambdaSites(byte[] file) {
        this.file = ByteBuffer.wrap(file);
    }

    /**
     * Makes the serializable lambdas of a class plain.
     *
     * @param classFile the class file
     * @return the new one; the same array if there is nothing to change in it
     * @throws IllegalArgumentException if this is no class file
     */
    static byte[] plain(byte[] classFile) {
        try {
            return new LambdaSites(classFile).plain();
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException | IOException broken) {
            throw new IllegalArgumentException("This is no class file: it ends too early.", broken);
        }
    }

    private byte[] plain() throws IOException {
        if (file.getInt(0) != MAGIC) {
            throw new IllegalArgumentException("This is no class file: it begins with " + Integer.toHexString(file.getInt(0)) + ".");
        }
        readConstants();
        int table = bootstrapMethods();
        if (table < 0 || constants.length + ADDED > MOST_CONSTANTS || castsToSerializable()) {
            return file.array();
        }
        int end = table + Integer.BYTES + file.getInt(table);
        var methods = new ByteArrayOutputStream();
        if (!copyMethods(table + Integer.BYTES, new DataOutputStream(methods))) {
            return file.array();
        }
        var bytes = new ByteArrayOutputStream(file.capacity());
        var out = new DataOutputStream(bytes);
        out.write(file.array(), 0, Long.BYTES);
        out.writeShort(constants.length + ADDED);
        out.write(file.array(), Long.BYTES + Short.BYTES, endOfConstants - Long.BYTES - Short.BYTES);
        addConstants(out);
        out.write(file.array(), endOfConstants, table - endOfConstants);
        out.writeInt(methods.size());
        methods.writeTo(out);
        out.write(file.array(), end, file.capacity() - end);
        return bytes.toByteArray();
    }

    private void readConstants() {
        constants = new int[u2(Long.BYTES)];
        int at = Long.BYTES + Short.BYTES;
        for (int index = 1; index < constants.length; index++) {
            constants[index] = at;
            int tag = file.get(at);
            at += switch (tag) {
                case UTF8 -> 1 + Short.BYTES + u2(at + 1);
                case 5, 6 -> 1 + Long.BYTES;
                case CLASS, 8, 16, 19, 20 -> 1 + Short.BYTES;
                case HANDLE -> 1 + 1 + Short.BYTES;
                case INTEGER, 4, 9, METHOD, 11, NAME_AND_TYPE, 17, INVOKE_DYNAMIC -> 1 + Integer.BYTES;
                default -> throw new IllegalArgumentException("This class file has a constant of the unknown kind " + tag + ".");
            };
            if (tag == 5 || tag == 6) {
                index++; // A long or double counts as two.
            }
        }
        endOfConstants = at;
    }

    /** Where the length of the table of bootstrap methods stands; negative if there is none. */
    private int bootstrapMethods() {
        int interfaces = endOfConstants + 3 * Short.BYTES;
        int at = interfaces + Short.BYTES + Short.BYTES * u2(interfaces);
        at = afterMembers(afterMembers(at));
        int attributes = u2(at);
        at += Short.BYTES;
        for (int attribute = 0; attribute < attributes; attribute++) {
            if (text(u2(at)).equals("BootstrapMethods")) {
                return at + Short.BYTES;
            }
            at = afterAttribute(at);
        }
        return -1;
    }

    /** Whether there may be a cast of something, and be it a lambda, to what plain ones are not. Looks for the bytes of the instruction. */
    private boolean castsToSerializable() {
        for (int index = 1; index < constants.length; index++) {
            if (isClass(index) && SERIALIZABLE.contains(className(index))) {
                for (int at = endOfConstants; at < file.capacity() - Short.BYTES; at++) {
                    if (file.get(at) == CHECK_CAST && u2(at + 1) == index) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean isClass(int index) {
        return constants[index] != 0 && file.get(constants[index]) == CLASS;
    }

    private int afterMembers(int start) {
        int at = start + Short.BYTES;
        for (int member = u2(start); member > 0; member--) {
            int attributes = u2(at + 3 * Short.BYTES);
            at += 4 * Short.BYTES;
            for (int attribute = 0; attribute < attributes; attribute++) {
                at = afterAttribute(at);
            }
        }
        return at;
    }

    private int afterAttribute(int at) {
        return at + Short.BYTES + Integer.BYTES + file.getInt(at + Short.BYTES);
    }

    /** Copies the table; false if nothing in it had to change. */
    private boolean copyMethods(int start, DataOutputStream out) throws IOException {
        boolean changed = false;
        int methods = u2(start);
        int at = start + Short.BYTES;
        out.writeShort(methods);
        for (int method = 0; method < methods; method++) {
            int arguments = u2(at + Short.BYTES);
            int first = at + 2 * Short.BYTES;
            boolean plain = isSerializableOnly(method, u2(at), first, arguments);
            changed |= plain;
            out.writeShort(plain ? constants.length + ADDED - 1 : u2(at));
            out.writeShort(plain ? PLAIN_ARGUMENTS : arguments);
            out.write(file.array(), first, Short.BYTES * (plain ? PLAIN_ARGUMENTS : arguments));
            at = first + Short.BYTES * arguments;
        }
        return changed;
    }

    /** Other marker interfaces, and bridges that are needed, are what the plain factory cannot make. */
    private boolean isSerializableOnly(int bootstrap, int handle, int first, int arguments) {
        int method = constants[u2(constants[handle] + 2)];
        if (file.get(method) != METHOD || !className(u2(method + 1)).equals(FACTORY)
                || !text(u2(constants[u2(method + 1 + Short.BYTES)] + 1)).equals("altMetafactory")) {
            return false;
        }
        int flags = integer(first, PLAIN_ARGUMENTS);
        int next = PLAIN_ARGUMENTS + 1;
        if ((flags & LambdaMetafactory.FLAG_MARKERS) != 0) {
            for (int markers = integer(first, next++); markers > 0; markers--) {
                if (!SERIALIZABLE.contains(className(u2(first + Short.BYTES * next++)))) {
                    return false;
                }
            }
        }
        boolean bridged = (flags & LambdaMetafactory.FLAG_BRIDGES) != 0 && integer(first, next) > 0;
        return lambdasAre(bridged ? FUNCTION_OF_SCALA : OF_SCALA_OR_AKKA, bootstrap);
    }

    private boolean lambdasAre(Pattern interfaces, int bootstrap) {
        for (int index = 1; index < constants.length; index++) {
            int at = constants[index];
            if (at != 0 && file.get(at) == INVOKE_DYNAMIC && u2(at + 1) == bootstrap) {
                var type = text(u2(constants[u2(at + 1 + Short.BYTES)] + 1 + Short.BYTES));
                if (!interfaces.matcher(type).find()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void addConstants(DataOutputStream out) throws IOException {
        int name = constants.length;
        out.writeByte(UTF8);
        out.writeUTF(PLAIN);
        out.writeByte(UTF8);
        out.writeUTF(PLAIN_TYPE);
        out.writeByte(NAME_AND_TYPE);
        out.writeShort(name);
        out.writeShort(name + 1);
        out.writeByte(METHOD);
        out.writeShort(factory());
        out.writeShort(name + 2);
        out.writeByte(HANDLE);
        out.writeByte(INVOKE_STATIC);
        out.writeShort(name + 3);
    }

    /** The constant of the factory's class, which a class with a lambda has. */
    private int factory() {
        for (int index = 1; index < constants.length; index++) {
            if (isClass(index) && className(index).equals(FACTORY)) {
                return index;
            }
        }
        throw new IllegalArgumentException("This class file uses a class that it does not name.");
    }

    private int integer(int first, int argument) {
        return file.getInt(constants[u2(first + Short.BYTES * argument)] + 1);
    }

    private String className(int index) {
        return text(u2(constants[index] + 1));
    }

    private String text(int index) {
        int at = constants[index];
        return new String(file.array(), at + 1 + Short.BYTES, u2(at + 1), StandardCharsets.UTF_8);
    }

    private int u2(int at) {
        return Short.toUnsignedInt(file.getShort(at));
    }
}
