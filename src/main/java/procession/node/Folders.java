package procession.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders for temporary use. */
public final class Folders {

    private Folders() {}

    /**
     * Deletes a folder with all that is in it, as far as that can be. What stays is somebody else's to remove, and there is nobody to tell.
     *
     * @param folder the folder; it need not be there
     */
    public static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException gone) {
            // Deleted already, or not deletable.
        }
    }
}
