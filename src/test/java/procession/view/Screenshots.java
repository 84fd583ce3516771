package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import procession.it.BuiltCommand;

/** Makes the pictures of the README, from runs of samples: {@code docs/screenshots} runs it. */
class Screenshots {

    private static final Path IMAGES = Path.of("docs", "images").toAbsolutePath();
    private static final long MOST_BYTES = 200_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @Timeout(300)
    @CsvSource(delimiter = '|', value = {
        "sales  | 1280 | 760 | ticket-sales --clients 12 --kill client-3 --pace 0.4",
        "pool   | 1280 | 640 | connection-pool --workers 10 --permits 3",
    })
    void aReportOfARunInLightAndInDark(String name, int width, int height, String sample) throws Exception {
        var report = directory.resolve("report.html");
        var line = new ArrayList<>(List.of(BuiltCommand.path().toString(), "run", "--name", name, "--report", report.toString()));
        line.addAll(List.of(sample.split(" ")));
        var run = BuiltCommand.of(new ProcessBuilder(line)).inheritIO().start();
        assertThat(run.waitFor(4, TimeUnit.MINUTES)).isTrue();
        Files.createDirectories(IMAGES);
        try (var browser = Browser.start(directory)) {
            browser.size(width, height);
            for (var scheme : List.of("light", "dark")) {
                browser.prefer(scheme);
                browser.open(report);
                browser.await("procession.drawn > 0");
                var picture = IMAGES.resolve(name + "-" + scheme + ".png");
                Files.write(picture, browser.picture());
                assertThat(picture.toFile().length()).isLessThan(MOST_BYTES);
            }
        }
    }
}
