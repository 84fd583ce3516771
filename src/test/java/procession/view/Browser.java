package procession.view;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium, without a window, and what the page says of itself in it. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("\"method\":\"Network.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");

    private final ChromeDriver driver;
    private final List<String> requested = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts the system's Chromium by the system's driver. Where there is none the test is skipped, or fails if {@code test.browser} is
     * {@code required}.
     *
     * @param folder for its profile
     */
    static Browser start(Path folder) {
        var program = found("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
        var server = found("chromedriver");
        if (program.isEmpty() || server.isEmpty()) {
            var why = "There is no Chromium with its driver on the PATH (Debian: apt-get install chromium chromium-driver).";
            if ("required".equals(System.getProperty("test.browser", System.getenv("TEST_BROWSER")))) {
                fail(why);
            }
            abort(why);
        }
        var options = new ChromeOptions();
        options.setBinary(program.orElseThrow().toFile());
        options.addArguments("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1", "--window-size=1440,900",
                "--user-data-dir=" + folder.resolve("profile"));
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox");
        }
        var logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder().usingDriverExecutable(server.orElseThrow().toFile()).usingAnyFreePort().build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<Path> found(String... names) {
        return Stream.of(names).flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }

    void open(String address) {
        driver.get(address);
        await("window.procession !== undefined");
    }

    void open(Path file) {
        open(file.toUri().toString());
    }

    /** Of the window, in pixels. */
    void size(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the system prefers: {@code light} or {@code dark}. */
    void prefer(String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The value of an expression. */
    Object of(String expression) {
        return ((JavascriptExecutor) driver).executeScript("return " + expression);
    }

    long number(String figure) {
        return ((Number) of("procession." + figure)).longValue();
    }

    /** Waits until an expression is true. */
    void await(String expression) {
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> Boolean.TRUE.equals(of(expression)));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(expression + " does not come true; the page: " + of("JSON.stringify({...window.procession})"), late);
        }
    }

    String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    void click(String id) {
        driver.findElement(By.id(id)).click();
    }

    /** At a place in the window. */
    void clickAt(int x, int y) {
        new Actions(driver).moveToLocation(x, y).click().perform();
    }

    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Everything that the browser has asked for since it was started, but for the parts of its own first page. */
    Set<String> requests() {
        driver.manage().logs().get(LogType.PERFORMANCE).forEach(entry -> {
            var request = ADDRESS.matcher(entry.getMessage());
            if (request.find() && !request.group(1).startsWith("chrome")) {
                requested.add(request.group(1));
            }
        });
        return Set.copyOf(requested);
    }

    /** What has gone wrong in the page, in its own words. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage()).toList();
    }

    /** The window as a PNG. */
    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
