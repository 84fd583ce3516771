package procession.node;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A folder in which the runs of one user say how they are joined. Nobody else may read or write it: whoever reads a file in it can join
 * the run, and whoever writes one can lure a program into a run of his own.
 *
 * @param path where it is
 * @param user number of the user
 */
record RunFolder(Path path, int user) {

    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");
    private static final String SUFFIX = ".run";
    static final String SOCKET = ".sock";
    private static final int LONGEST = 1 << 20;

    /** Where a run of this user writes its file, then where else one may be: who joins may have another environment. */
    static List<RunFolder> all() {
        return all(System.getenv().getOrDefault("XDG_RUNTIME_DIR", ""), Path.of(System.getProperty("java.io.tmpdir")),
                System.getProperty("user.name"), (int) new UnixSystem().getUid());
    }

    static List<RunFolder> all(String runtime, Path temporary, String userName, int user) {
        var folders = new ArrayList<RunFolder>();
        if (!runtime.isEmpty() && isUsable(Path.of(runtime), user)) {
            folders.add(new RunFolder(Path.of(runtime, "procession"), user));
        }
        folders.add(new RunFolder(temporary.resolve("procession-" + RunFile.safe(userName)), user));
        return folders;
    }

    /** After a change of user, as by su, the variable may name a folder of somebody else. */
    private static boolean isUsable(Path runtime, int user) {
        try {
            return runtime.isAbsolute() && Files.isDirectory(runtime) && Files.isWritable(runtime) && ownerOf(runtime) == user;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static int ownerOf(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Makes the folder, unless it is there.
     *
     * @throws IOException if it cannot be used
     */
    void ready() throws IOException {
        try {
            Files.createDirectory(path, OWNER_ONLY);
        } catch (FileAlreadyExistsException there) {
            // Checked below, whoever made it.
        }
        check();
    }

    /**
     * Writes a run's file.
     *
     * @return where it is
     * @throws IOException if the folder cannot be used
     */
    Path publish(RunFile run) throws IOException {
        return place(run.fileName(), run.text());
    }

    /** Writes a file of this name: nobody ever sees a part of it. */
    Path place(String name, String text) throws IOException {
        ready();
        var target = path.resolve(name);
        var unfinished = Files.createTempFile(path, "", ".new"); // Readable by its owner only: that is its default.
        try {
            Files.writeString(unfinished, text);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return target;
    }

    /** Removes files of processes that were killed: those begin with a pid and the token of its start. */
    void removeStale(String suffix) throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        check();
        try (var files = Files.newDirectoryStream(path, "*" + suffix)) {
            for (var file : files) {
                var words = words(file);
                if (words.length == 2 && words[0].matches("\\d{1,18}") && OsProcess.isGone(Long.parseLong(words[0]), words[1])) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** None of a file that is gone since the folder was listed, as its run has used it, or that is not one of ours. */
    private static String[] words(Path file) {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip().split(" ", 2);
        } catch (IOException unreadable) {
            return new String[0];
        }
    }

    /**
     * The runs that are going on, in the order of their names. Files and sockets of main processes that were killed are removed.
     *
     * @throws IOException if the folder cannot be trusted or read
     */
    List<RunFile> runs() throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        check();
        var runs = new ArrayList<RunFile>();
        try (var files = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (var file : files) {
                add(runs, file);
            }
        }
        runs.sort(Comparator.comparing(RunFile::label));
        try (var sockets = Files.newDirectoryStream(path, "*" + SOCKET)) {
            for (var socket : sockets) {
                removeIfStale(socket);
            }
        }
        return runs;
    }

    /** One whose main process was killed before its file was there. */
    private static void removeIfStale(Path socket) throws IOException {
        var name = socket.getFileName().toString();
        var pid = name.substring(0, name.length() - SOCKET.length());
        if (pid.matches("[1-9]\\d{0,17}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
            Files.deleteIfExists(socket);
        }
    }

    private static void add(List<RunFile> runs, Path file) throws IOException {
        RunFile run;
        try {
            run = read(file);
        } catch (IOException unreadable) {
            return; // Its run has ended since the folder was listed, or it is not one of ours, whatever its name is.
        }
        if (run.isStale()) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(run.pid() + SOCKET));
        } else {
            runs.add(run);
        }
    }

    private static RunFile read(Path file) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return RunFile.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
        }
    }

    /** Why it cannot be used; empty if it can, or is yet to be made. */
    String trouble() {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                check();
                return Files.isWritable(path) ? "" : "it cannot be written to.";
            }
            return Files.isWritable(path.getParent()) ? "" : "it is not there, and cannot be made in " + path.getParent() + ".";
        } catch (IOException unusable) {
            return String.valueOf(unusable.getMessage());
        }
    }

    private void check() throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no folder; remove it.");
        }
        if (ownerOf(path) != user) {
            throw new IOException("it belongs to somebody else; have it removed.");
        }
        if (!Collections.disjoint(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS), OF_OTHERS)) {
            throw new IOException("others may read or write it; `chmod 700` it if you trust them.");
        }
    }
}
