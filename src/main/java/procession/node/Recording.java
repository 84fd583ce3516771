package procession.node;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import procession.SettingsException;
import procession.core.Happening;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;
import procession.record.CallLog;
import procession.record.HappeningLog;
import procession.record.RecordFile;
import procession.record.Unanswered;
import procession.session.Witness;

/**
 * What this process contributes to the record of its run: its own calls and, in the main process, what the keeper sees. A process that does
 * not record never loads what writes the file.
 */
final class Recording implements Witness {

    private static final long PATIENCE_MILLIS = 5_000;

    private final Path path;
    private final CallLog calls;
    private final Optional<HappeningLog> happenings;

    private Recording(Path path, RecordFile file, String process, boolean isMain) {
        this.path = path;
        this.calls = new CallLog(file, process);
        this.happenings = isMain ? Optional.of(new HappeningLog(file)) : Optional.empty();
    }

    /**
     * Begins a record, in the main process.
     *
     * @param settings say where
     * @param run name of the run
     * @param process name of the main process
     * @return the recording; null if the settings name no file
     * @throws SettingsException if the file is there already, or cannot be made
     */
    static Recording begin(Settings settings, String run, String process) {
        if (settings.recordFile().isEmpty()) {
            return null;
        }
        var path = Path.of(settings.recordFile());
        try {
            var file = RecordFile.create(path, trouble -> complain(path, trouble));
            file.begin(run, Objects.requireNonNullElse(Recording.class.getPackage().getImplementationVersion(), ""),
                    settings.redeliveries());
            return new Recording(path, file, process, true);
        } catch (IOException cannot) {
            throw new SettingsException("procession.record.file is " + path + ", " + why(path, cannot));
        }
    }

    private static String why(Path path, IOException cannot) {
        return switch (cannot) {
            case FileAlreadyExistsException there -> "which is there already; a record is never written over another file.";
            case NoSuchFileException missing when !Files.isDirectory(path.getParent()) ->
                    "but there is no folder " + path.getParent() + ".";
            case AccessDeniedException denied -> "which may not be written: see the permissions of " + path.getParent() + ".";
            case FileSystemException refused -> "which cannot be made"
                    + (refused.getReason() == null ? "" : ": " + refused.getReason()) + ".";
            default -> "which cannot be written: " + cannot.getMessage() + ".";
        };
    }

    /**
     * Joins the record that the main process has begun.
     *
     * @param settings say where
     * @param process name of this process
     * @return the recording; null if the settings name no file, or it is not there any more
     */
    static Recording join(Settings settings, String process) {
        if (settings.recordFile().isEmpty()) {
            return null;
        }
        var path = Path.of(settings.recordFile());
        try {
            return new Recording(path, RecordFile.join(path, trouble -> complain(path, trouble)), process, false);
        } catch (IOException gone) {
            complain(path, gone);
            return null;
        }
    }

    /** The run is worth more than its record. */
    private static void complain(Path path, IOException trouble) {
        System.err.println("procession: the record " + path + " cannot be written (" + (trouble instanceof NoSuchFileException
                ? "it is not there any more" : trouble.getMessage()) + "); until it can be, what happens is missing from it.");
    }

    /** The run has not come about: then there is nothing to record. */
    void discard() {
        complete(new Owner(0), false);
        try {
            Files.deleteIfExists(path);
        } catch (IOException stays) {
            // It holds nothing but its first line.
        }
    }

    /** Is told of every happening; main only. */
    Consumer<Happening> keeper() {
        return happenings.orElseThrow();
    }

    /** Waits until what the keeper has told is in the file. */
    void awaitWritten() throws InterruptedException {
        happenings.orElseThrow().awaitWritten(PATIENCE_MILLIS);
    }

    /** Main's run is over, and whoever wants its record may have it. */
    void end(Owner main, boolean orderly) {
        complete(main, orderly);
        Launch.recordIsComplete(path);
    }

    private void complete(Owner main, boolean orderly) {
        boolean interrupted = Thread.interrupted();
        try {
            happenings.orElseThrow().end(main.number(), orderly, PATIENCE_MILLIS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // What this process does.

    @Override
    public void invoked(Owner owner, long number, Sent sent, Request.Operate operate) {
        calls.invoked(owner, number, sent, operate);
    }

    @Override
    public void returned(Owner owner, long number, Reply reply) {
        calls.returned(owner, number, reply);
    }

    @Override
    public void returned(Owner owner, long number, Ending how) {
        calls.returned(owner, number, Unanswered.valueOf(how.name()));
    }

    @Override
    public void met(PrimitiveId primitive, String name) {
        calls.named(primitive, name);
    }
}
