package procession.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import procession.UsageException;

/** A file that the command line names. */
final class InputFile {

    private InputFile() {}

    /**
     * Looks whether it can be read, so that the command line is blamed and not what reads the file later.
     *
     * @param where what names it, such as {@code --file}
     * @param file its path
     * @return the path
     * @throws UsageException if it is not there, not a file, or may not be read
     */
    static Path readable(String where, Path file) {
        if (!Files.exists(file)) {
            throw new UsageException("There is no file " + file + ", which " + where + " names.");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(file + ", which " + where + " names, is a folder and not a file.");
        }
        if (!Files.isReadable(file)) {
            throw new UsageException("The file " + file + ", which " + where + " names, may not be read: see its permissions.");
        }
        return file;
    }
}
