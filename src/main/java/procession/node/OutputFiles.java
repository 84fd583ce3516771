package procession.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import procession.SettingsException;

/**
 * What each process prints, in a file of its own: {@code NAME-PID.log}. Lines are there as soon as they have come. Few files are open
 * at a time, so that many processes do not use up what this one may open.
 *
 * <p>Thread-safe.
 */
class OutputFiles {

    /** Where nobody wants files. */
    static final OutputFiles NONE = new OutputFiles(null) {
        @Override
        void text(String name, long pid, byte[] text) {}
    };

    static final int MOST_OPEN = 64;
    private static final FileAttribute<?> FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final Map<Path, OutputStream> open = new LinkedHashMap<>(16, 0.75f, true);
    private final AtomicBoolean broken = new AtomicBoolean();

    private OutputFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Files in a folder, which is made if it is not there; the first is there at once.
     *
     * @param given the folder
     * @param name name of the process whose file is the first
     * @param pid its pid
     * @throws SettingsException if it cannot be written to
     */
    static OutputFiles in(Path given, String name, long pid) {
        var files = new OutputFiles(given);
        try {
            Files.createDirectories(given, FOLDER);
            files.write(name, pid, new byte[0]);
            return files;
        } catch (FileAlreadyExistsException other) {
            throw refused(given, "it is no folder");
        } catch (IOException failed) {
            throw refused(given, reason(failed));
        }
    }

    static SettingsException refused(Object folder, String why) {
        return new SettingsException("Output cannot be written to " + folder + " (procession.output.dir): " + why + ".");
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "it cannot be made there";
            case FileSystemException of when of.getReason() != null -> of.getReason();
            default -> failed.toString();
        };
    }

    /** Adds a line that a process has printed. */
    final void line(String name, long pid, byte[] line, int from, int to) {
        var text = Arrays.copyOfRange(line, from, to + 1);
        text[to - from] = '\n';
        text(name, pid, text);
    }

    /** Adds whole lines. That it cannot any more is said once, outside the monitor: whoever prints an error may wait for it. */
    void text(String name, long pid, byte[] text) {
        try {
            write(name, pid, text);
        } catch (IOException failed) {
            if (broken.compareAndSet(false, true)) {
                OwnOutput.ofOthers(() -> System.err.println("procession: what processes print can no longer be written to " + folder
                        + " (" + reason(failed) + "); it goes on to be printed here."));
            }
        }
    }

    private synchronized void write(String name, long pid, byte[] text) throws IOException {
        if (!broken.get()) {
            var file = folder.resolve(RunFile.safe(name) + "-" + pid + ".log");
            var out = open.get(file);
            (out == null ? opened(file) : out).write(Secret.redacted(text));
        }
    }

    /** What is opened by the stream alone would be closed by the interrupt of a thread that prints; so the file is made before. */
    private OutputStream opened(Path file) throws IOException {
        if (open.size() >= MOST_OPEN) {
            var eldest = open.entrySet().iterator().next();
            open.remove(eldest.getKey()).close();
        }
        try {
            Files.createFile(file, FILE);
        } catch (FileAlreadyExistsException there) {
            // It has been open before.
        }
        var out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        open.put(file, out);
        return out;
    }

    synchronized void close() {
        for (var out : open.values()) {
            try {
                out.close();
            } catch (IOException failed) {
                // What was written is written.
            }
        }
        open.clear();
    }
}
