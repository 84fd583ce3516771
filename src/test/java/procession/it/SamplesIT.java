package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples with small counts, and scenarios of a user's own, by the command. */
@Timeout(240)
class SamplesIT {

    @TempDir
    Path directory;

    private Typed procession(String line) throws Exception {
        return Typed.run(directory, line.split(" "));
    }

    // The samples.

    @Test
    void helloProcess() throws Exception {
        assertThat(procession("hello-process").passed("hello-process").out())
                .contains("main process start\n", "before the start: name=hello pid=none alive=false exitCode=none daemon=false")
                .containsPattern("\\[hello \\d+] hello from hello, pid \\d+\n");
    }

    @Test
    void isolatedMemory() throws Exception {
        assertThat(procession("isolated-memory --tasks 2 --pace 0.001").passed("isolated-memory").out()).contains("n=0.0 in main\n");
    }

    @Test
    void ticketSales() throws Exception {
        assertThat(procession("ticket-sales --clients 3 --tickets 2 --pace 0.01").passed("ticket-sales").lastLine())
                .contains("2 of 2 tickets sold to 3 clients");
    }

    @Test
    void ticketSalesWithAClientKilledWhileItHoldsTheLock() throws Exception {
        assertThat(procession("ticket-sales --clients 3 --tickets 3 --pace 0.01 --kill client-2").passed("ticket-sales").lastLine())
                .contains("2 of 3 tickets sold", "client-2 died with the lock, and the next holder was told");
    }

    @Test
    void ticketSalesWithoutTheLock() throws Exception {
        assertThat(procession("ticket-sales --clients 2 --pace 0.01 --no-lock").passed("ticket-sales").lastLine())
                .contains("without the lock");
    }

    @Test
    void ticketSalesFromAFileOfTheUsers() throws Exception {
        Files.writeString(directory.resolve("ticks.json"), "{\"origin\": \"A\", \"dest\": \"B\", \"count\": 1}");

        assertThat(procession("ticket-sales --clients 2 --pace 0.01").passed("ticket-sales").out())
                .contains("tickets from A to B left 1");
        assertThat(Files.readString(directory.resolve("ticks.json"))).contains("\"count\": 0");
    }

    @Test
    void connectionPool() throws Exception {
        assertThat(procession("connection-pool --workers 3 --permits 2 --pace 0.01").passed("connection-pool").lastLine())
                .contains("3 workers served", "2 permits at the end");
    }

    @Test
    void trafficLight() throws Exception {
        procession("traffic-light --cars 2 --pace 0.05").passed("traffic-light");
    }

    @Test
    void carMarket() throws Exception {
        assertThat(procession("car-market --producers 1 --consumers 2 --pace 0.01").passed("car-market").lastLine())
                .contains("1 cars bought, 1 consumers saw an end marker first, 1 items left over");
    }

    @Test
    void workshop() throws Exception {
        procession("workshop --producers 1 --consumers 2 --pace 0.01").passed("workshop");
    }

    @Test
    void messenger() throws Exception {
        Files.writeString(directory.resolve("text.txt"), "one\ntwo\n\nthree\n");

        assertThat(procession("messenger --file text.txt --pace 0.001").passed("messenger").lastLine()).contains("all 4 lines in order");
    }

    @Test
    void wordCount() throws Exception {
        assertThat(procession("word-count --files 6 --workers 2 --seed 1 --pace 0.001").passed("word-count").lastLine())
                .contains("words in 6 files", "main counts the same");
    }

    @Test
    void wordCountOfAFolderOfTheUsers() throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("texts/more")).resolve("one.txt"), "One fish, two fish.\n");
        Files.writeString(directory.resolve("texts/two.txt"), "Red fish\n");

        var typed = procession("word-count --folder texts --workers 1").passed("word-count");

        assertThat(typed.out()).contains("      3 fish\n");
        assertThat(typed.lastLine()).contains("6 words in 2 files, 4 of them different");
    }

    @Test
    void wordCountWithAWorkerKilledInATask() throws Exception {
        var typed = procession("word-count --files 6 --workers 2 --pace 0.001 --kill-one");

        assertThat(typed.code()).isZero();
        assertThat(typed.err()).containsPattern("procession: Worker Pool-1-worker-\\d .* while it did .* killed by signal 9");
        assertThat(typed.lastLine()).startsWith("PASS word-count: ")
                .containsPattern("main counts the same; Pool-1-worker-\\d was killed in a task, which another worker repeated");
    }

    @Test
    void wordCountOfNoFolder() throws Exception {
        procession("word-count --folder nowhere").refused(2, "--folder names no folder: nowhere");
    }

    @Test
    void bank() throws Exception {
        assertThat(procession("bank --tellers 2 --accounts 3 --transfers 5 --pace 0.01").passed("bank").lastLine())
                .contains("transfers by 2 tellers", "300 in 3 accounts, as before");
    }

    @Test
    void bankWithATellerKilledInTheMiddleOfATransfer() throws Exception {
        assertThat(procession("bank --tellers 2 --accounts 3 --transfers 5 --pace 0.01 --kill teller-1").passed("bank").lastLine())
                .contains("300 in 3 accounts, as before", "teller-1 died in a transfer, which those who got its locks have finished");
    }

    @Test
    void bankWhoseTellersWaitForEachOther() throws Exception {
        var typed = procession("bank --tellers 2 --deadlock");

        assertThat(typed.code()).isZero();
        assertThat(typed.err()).containsPattern("Deadlock: teller-\\d .* waits for lock 'account-\\d' held by teller-\\d");
        assertThat(typed.out()).containsPattern("teller-\\d waits for lock 'account-0'")
                .containsPattern("teller-\\d waits for lock 'account-1'");
        assertThat(typed.lastLine()).startsWith("PASS bank: 1 transfers by 2 tellers");
    }

    @Test
    void bankWhoseTellersAreRefusedADeadlock() throws Exception {
        var typed = procession("bank --tellers 2 --deadlock -D procession.deadlock=refuse");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("is refused: ", "would close a cycle of waits");
        assertThat(typed.lastLine()).startsWith("PASS bank: 2 transfers by 2 tellers");
    }

    // A user's own, in one file.

    private static final String OWN = """
            import java.util.ArrayList;
            import procession.Check;
            import procession.Procession;
            import procession.Queue;

            public class Own {
                record Order(int table, Dish dish) {}
                enum Dish { SOUP, CAKE }
                record Served(Order order, String by) {}

                public static void main(String[] args) throws Exception {
                    var served = new ArrayList<Served>();
                    try (var run = Procession.start()) {
                        Queue<Order> orders = run.queue();
                        Queue<Served> out = run.queue();
                        var cooks = new ArrayList<procession.Process>();
                        for (int i = 1; i <= 2; i++) {
                            cooks.add(run.process(Own::cook, orders, out).name("cook-" + i).start());
                        }
                        for (int i = 0; i < 4; i++) {
                            orders.put(new Order(i, Dish.values()[i % 2]));
                        }
                        orders.put(null);
                        orders.put(null);
                        for (var cook : cooks) {
                            cook.join();
                        }
                        while (!out.isEmpty()) {
                            served.add(out.getNow());
                        }
                    }
                    Check.of("own").that(served.size() == Integer.parseInt(args[0]), served.toString()).finish(served.size() + " served");
                }

                static void cook(Queue<Order> orders, Queue<Served> out) throws InterruptedException {
                    for (var order = orders.get(); order != null; order = orders.get()) {
                        System.out.println("cooks " + order);
                        out.put(new Served(order, Procession.currentProcess().name()));
                    }
                }
            }
            """;

    @Test
    void aScenarioInOneFileAnywhere() throws Exception {
        Files.writeString(directory.resolve("Own.java"), OWN);

        assertThat(procession("Own.java 4").passed("own").out())
                .containsPattern("\\[cook-\\d \\d+] cooks Order\\[table=0, dish=SOUP]\n").endsWith("PASS own: 4 served\n");
    }

    @Test
    void aFailingCheckIsExitCodeFour() throws Exception {
        Files.writeString(directory.resolve("Own.java"), OWN);

        var typed = procession("Own.java 5");

        assertThat(typed.code()).isEqualTo(4);
        assertThat(typed.lastLine()).startsWith("FAIL own: ");
        assertThat(typed.err()).isEmpty();
    }

    private Typed scenario(String main, String members) throws Exception {
        Files.writeString(directory.resolve("Mine.java"), """
                import procession.Procession;
                class Mine {
                    public static void main(String[] args) throws Exception {
                        var run = Procession.start();
                        %s
                    }
                    %s
                }
                """.formatted(main, members));
        return procession("Mine.java");
    }

    @Test
    void anExceptionInMainIsExitCodeOneWithItsTrace() throws Exception {
        var typed = scenario("run.process(Mine::body).daemon(true).start(); throw new IllegalStateException(\"mine\");",
                "static void body() throws Exception { Procession.current().event().await(); }");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("""
                Exception in thread "main" java.lang.IllegalStateException: mine
                \tat Mine.main(Mine.java:5)
                """);
    }

    @Test
    void whatMainGivesToExitIsTheExitCodeAndChildrenEnd() throws Exception {
        var typed = scenario("run.process(Mine::body).start(); run.event(\"up\").await(); Procession.exit(7);",
                "static void body() throws Exception { Procession.current().event(\"up\").set(); Procession.current().event().await(); }");

        assertThat(typed).isEqualTo(new Typed(7, "", ""));
    }

    @Test
    void aRunThatMainDoesNotCloseWaitsForItsChildren() throws Exception {
        var typed = scenario("run.process(Mine::body).name(\"late\").start();",
                "static void body() { System.out.println(\"after main's end\"); }");

        assertThat(typed.out()).matches("\\[late \\d+] after main's end\n");
        assertThat(typed.code()).isZero();
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void aBodyThatCannotBeStartedIsOneSentenceWithItsLine() throws Exception {
        scenario("String text = \"x\"; run.process(() -> System.out.println(text)).start();", "").refused(2, "The body at Mine.java:5 is");
    }

    @Test
    void anArgumentThatCannotTravelIsOneSentenceWithItsLine() throws Exception {
        scenario("run.process(Mine::body, new Thread()).start();", "static void body(Thread thread) {}")
                .refused(2, "Mine.java:5", "java.lang.Thread");
    }

    @Test
    void whatAChildThrowsIsItsOwnAffair() throws Exception {
        var typed = scenario("System.exit(run.process(Mine::body).name(\"bad\").start().join().exitCode() + 40);",
                "static void body() { throw new IllegalArgumentException(\"of the child\"); }");

        assertThat(typed.code()).isEqualTo(41);
        assertThat(typed.err().lines()).allMatch(line -> line.matches("\\[bad \\d+] .*"))
                .anyMatch(line -> line.endsWith("IllegalArgumentException: of the child"))
                .anyMatch(line -> line.endsWith("\tat Mine.body(Mine.java:7)"));
    }

    // The machine's and the user's mistakes.

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            procession("-D procession.port=" + port + " hello-process").refused(2, "procession.port is " + port, "in use");
        }
    }

    @Test
    void aValueOutOfRangeIsNamedWithItsKey() throws Exception {
        procession("-D procession.start.concurrency=-1 hello-process").refused(2, "procession.start.concurrency is -1");
    }

    @Test
    void aSettingOfAFileThatIsOutOfRangeIsNamedWithItsKey() throws Exception {
        Files.writeString(directory.resolve("my.conf"), "procession.payload.max = lots");

        procession("--config my.conf hello-process").refused(2, "procession.payload.max is 'lots'");
    }
}
