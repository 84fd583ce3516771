package procession.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import procession.UsageException;

/** A file that the command line names and that is to be made. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Looks whether it can be made, so that this is told before anything else begins. Whoever makes it must not write over one either.
     *
     * @param where what names it, such as {@code --record}
     * @param file its path
     * @return the path
     * @throws UsageException if it is there already, or its folder is not
     */
    static Path fresh(String where, Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(file + ", which " + where + " names, is there already; nothing is written over it.");
        }
        var folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new UsageException("There is no folder " + folder + " for the file that " + where + " names.");
        }
        return file;
    }
}
