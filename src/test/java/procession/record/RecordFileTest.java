package procession.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import procession.core.Command;
import procession.core.Happening;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

class RecordFileTest {

    private static final long PATIENCE_MILLIS = 20_000;

    @TempDir
    Path folder;

    private static RecordFile create(Path path) throws IOException {
        var file = RecordFile.create(path, trouble -> {
            throw new AssertionError(trouble);
        });
        file.begin("run", "1", 3);
        return file;
    }

    private static List<Line> lines(Path path) throws IOException {
        try (var reader = RecordReader.open(path)) {
            var lines = new ArrayList<Line>();
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                lines.add(entry.get().line());
            }
            assertThat(reader.torn()).isZero();
            return lines;
        }
    }

    private static Happening happening(long step) {
        return new Happening(step, step, Happening.Kind.OVER, 0, "", Optional.empty(), Optional.empty(), 0, 0, 0, 0, "");
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        create(folder.resolve("record"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("record")))).isEqualTo("rw-------");
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        var path = Files.writeString(folder.resolve("precious"), "data");

        assertThatThrownBy(() -> create(path)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(path).hasContent("data");
    }

    @Test
    void afileThatWentAwayIsNotMadeAgain() {
        assertThatThrownBy(() -> RecordFile.join(folder.resolve("gone"), trouble -> { })).isInstanceOf(NoSuchFileException.class);

        assertThat(folder.resolve("gone")).doesNotExist();
    }

    @Test
    void linesOfManyWritersDoNotMix() throws Exception {
        var path = folder.resolve("record");
        create(path);
        var writers = new ArrayList<Thread>();
        for (long owner = 1; owner <= 4; owner++) {
            var log = new CallLog(RecordFile.join(path, trouble -> { }), "process-" + owner);
            var me = new Owner(owner);
            writers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 2000; i++) {
                    log.returned(me, i, new Reply.Refused("code", "message"));
                }
            }));
        }
        for (var writer : writers) {
            writer.join();
        }

        assertThat(lines(path)).hasSize(8000);
    }

    /** Users' threads are interrupted all the time. */
    @Test
    void anInterruptedThreadWritesOn() throws IOException {
        var path = folder.resolve("record");
        var log = new CallLog(create(path), "anna");
        var operate = new Request.Operate(new PrimitiveId(1, 1), new Command.AcquireLock());
        log.named(operate.target(), "tickets");

        Thread.currentThread().interrupt();
        try {
            log.invoked(new Owner(2), 1, new Sent(7, 100, false, operate), operate);
            log.returned(new Owner(2), 1, Unanswered.WITHDRAWN);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(lines(path)).hasSize(2).first().isInstanceOfSatisfying(Line.Invoked.class, invoked -> {
            assertThat(invoked.name()).contains("tickets");
            assertThat(invoked.command()).isEqualTo("AcquireLock");
            assertThat(invoked.strand()).isEqualTo(7);
            assertThat(invoked.timeout()).isEqualTo(100);
        });
    }

    @Test
    void happeningsAreWrittenInOrderAndThenTheEnd() throws Exception {
        var path = folder.resolve("record");
        var log = new HappeningLog(create(path));
        for (long step = 1; step <= 1000; step++) {
            log.accept(happening(step));
        }

        log.end(1, true, PATIENCE_MILLIS);

        var lines = lines(path);
        assertThat(lines).hasSize(1001);
        assertThat(lines.subList(0, 1000)).extracting(Line::nanos).isSorted();
        assertThat(lines.getLast()).isInstanceOf(Line.End.class);
    }

    @Test
    void whatThereIsNoRoomForIsCountedWhereItIsMissing() throws Exception {
        var path = folder.resolve("record");
        var log = new HappeningLog(create(path), 4);
        for (long step = 1; step <= 10; step++) {
            log.accept(happening(step)); // Nobody writes yet.
        }

        log.start();
        log.end(1, true, PATIENCE_MILLIS);

        var lines = lines(path);
        assertThat(lines.subList(0, 4)).allMatch(Line.Happened.class::isInstance);
        assertThat(lines.get(4)).isInstanceOfSatisfying(Line.Dropped.class, dropped -> assertThat(dropped.count()).isEqualTo(6));
        assertThat(lines.get(5)).isInstanceOf(Line.End.class);
    }

    @Test
    void nothingIsAcceptedAfterTheEnd() throws Exception {
        var path = folder.resolve("record");
        var log = new HappeningLog(create(path));
        log.end(1, false, PATIENCE_MILLIS);

        log.accept(happening(1));
        log.end(1, true, PATIENCE_MILLIS);

        assertThat(lines(path)).singleElement().isInstanceOfSatisfying(Line.End.class, end -> assertThat(end.orderly()).isFalse());
    }

    /** A device that is always full. */
    @Test
    void whatCannotBeWrittenIsToldOnce() throws IOException {
        var troubles = new ArrayList<IOException>();
        var log = new CallLog(RecordFile.join(Path.of("/dev/full"), troubles::add), "anna");

        log.returned(new Owner(2), 1, Unanswered.RUN_ENDED);
        log.returned(new Owner(2), 2, Unanswered.RUN_ENDED);

        assertThat(troubles).hasSize(1);
    }
}
