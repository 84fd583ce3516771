package procession.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Replaces jars by ones whose classes fit better into an archive of classes, see {@link LambdaSites}. All else in them stays, in its order.
 * Whoever has an old one open keeps it.
 */
public final class ArchivableJars {

    private ArchivableJars() {}

    /**
     * Run by {@code bin/procession} before it makes an archive. A jar that cannot be replaced stays as it is.
     *
     * @param args the jars
     */
    public static void main(String[] args) {
        for (var jar : args) {
            try {
                System.out.println(jar + ": " + replace(Path.of(jar)) + " classes changed");
            } catch (IOException broken) {
                System.out.println(jar + " stays as it is: " + broken);
            }
        }
    }

    /**
     * Replaces one jar, unless nothing in it is to be changed. A signed one stays as it is.
     *
     * @param jar the jar
     * @return how many of its classes have changed
     * @throws IOException if it cannot be read or written
     */
    static int replace(Path jar) throws IOException {
        var made = jar.resolveSibling(jar.getFileName() + ".new");
        try {
            int changed = copy(jar, made);
            if (changed > 0) {
                Files.move(made, jar, StandardCopyOption.ATOMIC_MOVE);
            }
            return changed;
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static int copy(Path jar, Path made) throws IOException {
        int changed = 0;
        try (var from = new ZipFile(jar.toFile()); var to = new ZipOutputStream(Files.newOutputStream(made))) {
            if (from.stream().anyMatch(ArchivableJars::isSignature)) {
                return 0;
            }
            for (var entries = from.entries(); entries.hasMoreElements();) {
                var entry = entries.nextElement();
                var bytes = from.getInputStream(entry).readAllBytes();
                var plain = entry.getName().endsWith(".class") ? plain(bytes) : bytes;
                if (plain != bytes) {
                    changed++;
                }
                var copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                to.putNextEntry(copy);
                to.write(plain);
                to.closeEntry();
            }
        }
        return changed;
    }

    private static byte[] plain(byte[] classFile) {
        try {
            return LambdaSites.plain(classFile);
        } catch (IllegalArgumentException unknown) {
            return classFile;
        }
    }

    private static boolean isSignature(ZipEntry entry) {
        return entry.getName().startsWith("META-INF/") && entry.getName().endsWith(".SF");
    }
}
