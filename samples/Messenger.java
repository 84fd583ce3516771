package samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import procession.Check;
import procession.Connection;
import procession.EndOfStreamException;
import procession.Options;
import procession.Pace;
import procession.Procession;
import procession.Scenario;
import procession.UsageException;

@Scenario(name = "messenger", about = "A sender sends a text line by line to a printer, through a pipe.")
public final class Messenger {

    private static final String NAME = "messenger";

    private Messenger() {}

    public static void main(String[] args) throws InterruptedException {
        var options = Options.of(Messenger.class)
                .file("file", "the text to send (default: po.txt of the samples)")
                .pace(0.05)
                .parse(args);
        List<String> lines = lines(options.file("file"));
        var check = Check.of(NAME);
        Object received;
        try (var run = Procession.start()) {
            received = deliver(run, lines, options.pace());
        }
        check.that(lines.equals(received), "the printer received " + received + " and not " + lines);
        check.finish("the printer received all " + lines.size() + " lines in order, then the end of the stream");
    }

    private static Object deliver(Procession run, List<String> lines, Pace pace) throws InterruptedException {
        var pipe = run.oneWayPipe();
        var printer = run.process(Messenger::print, pipe.first()).name("printer").start();
        var sender = run.process(Messenger::send, pipe.second(), lines, pace).name("sender").start();
        // Each child has its own copy of its end. As long as main keeps a sending end open, the stream could go on, so the
        // printer would never see its end.
        pipe.close();
        sender.join();
        System.out.println("all messages have been sent...");
        var received = printer.join().value();
        System.out.println("all messages have been received...");
        return received;
    }

    private static void send(Connection end, List<String> lines, Pace pace) throws InterruptedException {
        var random = pace.random("sender");
        try (end) {
            for (var line : lines) {
                end.send(line);
                pace.sleep(random, 1, 3);
            }
        }
    }

    private static List<String> print(Connection end) throws InterruptedException {
        var received = new ArrayList<String>();
        try (end) {
            while (true) {
                String line = end.receive(String.class);
                System.out.println("printer receives a message: " + line);
                received.add(line);
            }
        } catch (EndOfStreamException everythingCame) {
            return received;
        }
    }

    /** The sample's own text lies beside its class, in the jar, so that it is found from any directory. */
    private static List<String> lines(Path file) {
        try {
            if (file != null) {
                return Files.readAllLines(file);
            }
            try (var text = Messenger.class.getResourceAsStream("po.txt")) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            }
        } catch (CharacterCodingException binary) {
            throw new UsageException("The file " + file + " is no text in UTF-8, so it has no lines to send.", binary);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
