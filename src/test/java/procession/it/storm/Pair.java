package procession.it.storm;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Two numbers in a file, which are the same but while somebody writes them. */
record Pair(String file) {

    static Pair inAFile() {
        try {
            var file = Files.createTempFile("pair-", ".bin");
            Files.write(file, new byte[2 * Long.BYTES]);
            file.toFile().deleteOnExit();
            return new Pair(file.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes both, one after the other. */
    void write(long number, Runnable between) {
        try (var pair = new RandomAccessFile(file, "rw")) {
            pair.writeLong(number);
            between.run();
            pair.writeLong(number);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether both are the same. */
    boolean isWhole(Runnable between) {
        try (var pair = new RandomAccessFile(file, "r")) {
            long first = pair.readLong();
            between.run();
            return first == pair.readLong();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
