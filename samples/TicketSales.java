package samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import procession.Check;
import procession.Event;
import procession.Lock;
import procession.Options;
import procession.Outcome;
import procession.Pace;
import procession.Predecessor;
import procession.Process;
import procession.Procession;
import procession.Scenario;
import procession.UsageException;

/**
 * Clients buy tickets from a count in a file. Reading, deciding and writing must be one step, or two clients buy the same
 * ticket: the lock makes it one. {@code --no-lock} shows what happens without, {@code --kill client-3} when a holder dies.
 *
 * <p>Where the working directory has a {@code ticks.json}, that file's tickets are sold, unless {@code --tickets} is given.
 */
@Scenario(name = "ticket-sales", about = "Twenty clients buy from one file of tickets, under one lock.")
public final class TicketSales {

    private static final String NAME = "ticket-sales";
    private static final Path OWN_FILE = Path.of("ticks.json");

    /** Far longer than any client takes to get the lock; so the sample fails and does not hang when one could not start. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private TicketSales() {}

    /** What is in the file. */
    private record Tickets(String origin, String dest, int count) {

        private static final String TEXT = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
        private static final String PAIR = "\\s*\"\\w+\"\\s*:\\s*(?:" + TEXT.replace("\"(", "\"(?:") + "|0|[1-9]\\d{0,8})\\s*";
        /** Three pairs in any order, of which these three must be. */
        private static final Pattern JSON = Pattern.compile("(?s)\\s*"
                + "(?=.*\"origin\"\\s*:\\s*" + TEXT + ")(?=.*\"dest\"\\s*:\\s*" + TEXT + ")(?=.*\"count\"\\s*:\\s*(\\d+))"
                + "\\{" + PAIR + "," + PAIR + "," + PAIR + "\\}\\s*");

        static Tickets read(Path file) throws IOException {
            var json = JSON.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            if (!json.matches()) {
                throw new IOException(file + " is not as {\"origin\": \"Xi'an\", \"dest\": \"Beijing\", \"count\": 10}");
            }
            return new Tickets(json.group(1), json.group(2), Integer.parseInt(json.group(3)));
        }

        /** Replaces the file at once: who reads it sees the old or the new one, even if the writer is killed meanwhile. */
        void write(Path file) throws IOException {
            Path next = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
            Files.writeString(next, "{\"origin\": \"%s\", \"dest\": \"%s\", \"count\": %d}%n".formatted(origin, dest, count));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        Tickets oneLess() {
            return new Tickets(origin, dest, count - 1);
        }
    }

    /** What the clients are told: where the file is, how fast to be, and who shall be killed while it holds the lock. */
    private record Shop(String path, Pace pace, String victim, Event victimHolds) {
        Path file() {
            return Path.of(path);
        }
    }

    /** What a client tells main: whether it bought a ticket, how many it then left, and who died before it. */
    private record Sale(boolean bought, int left, Optional<Predecessor> died) {}

    /** What main asks for. */
    private record Order(int clients, int tickets, boolean locked, String victim) {}

    public static void main(String[] args) throws InterruptedException, IOException {
        var options = Options.of(TicketSales.class)
                .count("clients", 20, "how many clients buy one ticket each")
                .count("tickets", 10, "how many tickets there are; without it, those of ./ticks.json if that is there")
                .flag("no-lock", "sell without the lock, and lose sales")
                .text("kill", null, "a client to kill while it holds the lock, such as client-3")
                .pace(0.1)
                .parse(args);
        boolean fresh = options.given("tickets") || !Files.exists(OWN_FILE);
        int tickets = fresh ? options.count("tickets") : ownTickets();
        var order = new Order(options.count("clients"), tickets, !options.flag("no-lock"), options.text("kill"));
        refuseWrong(order);
        sell(order, fresh ? freshFile(tickets) : OWN_FILE.toAbsolutePath(), options.pace());
    }

    private static int ownTickets() {
        try {
            return Tickets.read(OWN_FILE).count();
        } catch (IOException broken) {
            String why = Files.isReadable(OWN_FILE) ? broken.getMessage() : OWN_FILE + " may not be read";
            throw new UsageException("There are no tickets to sell: " + why + ".", broken);
        }
    }

    private static void refuseWrong(Order order) {
        if (order.victim() == null) {
            return;
        }
        if (!names(order.clients()).contains(order.victim())) {
            throw new UsageException("--kill names no client: there is no " + order.victim() + " among the "
                    + order.clients() + " clients, client-1 and so on.");
        }
        if (!order.locked()) {
            throw new UsageException("--kill kills a client while it holds the lock, so it does not go with --no-lock.");
        }
    }

    /** In a folder of its own, so that two sales at once do not meet, and gone when main is. */
    private static Path freshFile(int tickets) throws IOException {
        Path folder = Files.createTempDirectory("ticket-sales-");
        folder.toFile().deleteOnExit();
        Path file = folder.resolve(OWN_FILE);
        file.toFile().deleteOnExit();
        new Tickets("Xi'an", "Beijing", tickets).write(file);
        return file;
    }

    private static void sell(Order order, Path file, Pace pace) throws InterruptedException, IOException {
        var check = Check.of(NAME);
        var sales = new ArrayList<Sale>();
        try (var run = Procession.start()) {
            var lock = run.lock("tickets");
            var shop = new Shop(file.toString(), pace, order.victim(), run.event());
            for (var client : serve(run, lock, shop, order)) {
                outcome(client, order, check).ifPresent(sales::add);
            }
            System.out.println("all clients finished...");
            if (order.victim() != null) {
                sales.add(new Sale(false, 0, lastInLine(lock)));
            }
        }
        check.finish(order.locked() ? checked(order, sales, Tickets.read(file).count(), check)
                : counted(order, sales, Tickets.read(file).count()));
    }

    private static List<Process> serve(Procession run, Lock lock, Shop shop, Order order) throws InterruptedException {
        var clients = new ArrayList<Process>();
        for (var name : names(order.clients())) {
            var client = order.locked()
                    ? run.process(TicketSales::lockTask, lock, shop)
                    : run.process(TicketSales::task, shop);
            clients.add(client.name(name).start());
        }
        if (order.victim() != null && shop.victimHolds().await(PATIENCE)) {
            // Python's terminate() leaves the lock held for ever, and all other clients with it. Here it passes on.
            System.out.println("main kills " + order.victim() + ", which holds the lock");
            clients.get(names(order.clients()).indexOf(order.victim())).kill();
        }
        return clients;
    }

    private static Optional<Sale> outcome(Process client, Order order, Check check) throws InterruptedException {
        var outcome = client.join();
        boolean victim = client.name().equals(order.victim());
        check.that(outcome.exitCode() == (victim ? -9 : 0), client.name() + " " + outcome);
        return outcome instanceof Outcome.Returned ? Optional.of((Sale) outcome.value()) : Optional.empty();
    }

    /** If the client that was killed was the last one in the line, nobody but main is left to be told. */
    private static Optional<Predecessor> lastInLine(Lock lock) throws InterruptedException {
        try (var grant = lock.acquire()) {
            return grant.abandoned();
        }
    }

    private static Sale task(Shop shop) throws InterruptedException, IOException {
        info(shop);
        return buy(shop, Optional.empty());
    }

    private static Sale lockTask(Lock lock, Shop shop) throws InterruptedException, IOException {
        info(shop);
        try (var grant = lock.acquire()) {
            grant.abandoned().ifPresent(died -> System.out.println(died.process() + " died with the lock (" + died.outcome()
                    + "); it had not written yet, and the file is never half written, so the sale goes on"));
            return buy(shop, grant.abandoned());
        }
    }

    private static void info(Shop shop) throws IOException {
        var tickets = Tickets.read(shop.file());
        System.out.println("tickets from " + tickets.origin() + " to " + tickets.dest() + " left " + tickets.count());
    }

    private static Sale buy(Shop shop, Optional<Predecessor> died) throws InterruptedException, IOException {
        String name = Procession.currentProcess().name();
        var random = shop.pace().random(name);
        var tickets = Tickets.read(shop.file());
        shop.pace().sleep(random, 0, 1);
        if (name.equals(shop.victim())) {
            waitToBeKilled(shop);
        }
        if (tickets.count() == 0) {
            System.out.println("oh....no tickets :(");
            return new Sale(false, 0, died);
        }
        var left = tickets.oneLess();
        shop.pace().sleep(random, 0, 1);
        left.write(shop.file());
        System.out.println(name + " buys one ticket from " + left.origin() + " to " + left.dest() + "!");
        return new Sale(true, left.count(), died);
    }

    private static void waitToBeKilled(Shop shop) throws InterruptedException {
        shop.victimHolds().set();
        Thread.sleep(Duration.ofDays(1));
    }

    private static String checked(Order order, List<Sale> sales, int left, Check check) {
        long sold = sales.stream().filter(Sale::bought).count();
        int buyers = order.clients() - (order.victim() == null ? 0 : 1);
        int expected = Math.min(buyers, order.tickets());
        check.that(sold == expected, sold + " tickets were sold and not " + expected);
        check.that(sales.stream().allMatch(sale -> sale.left() >= 0), "the count fell below 0");
        check.that(sold + left == order.tickets(), sold + " sold and " + left + " left are not " + order.tickets());
        var told = sales.stream().flatMap(sale -> sale.died().stream()).map(Predecessor::process).toList();
        check.that(Objects.equals(told, order.victim() == null ? List.of() : List.of(order.victim())),
                "of a death were told: " + told);
        return sold + " of " + order.tickets() + " tickets sold to " + order.clients() + " clients, " + left + " left"
                + (order.victim() == null ? "" : "; " + order.victim() + " died with the lock, and the next holder was told");
    }

    /** Without the lock nothing is certain, so nothing is checked: the lost sales are the lesson. */
    private static String counted(Order order, List<Sale> sales, int left) {
        long sold = sales.stream().filter(Sale::bought).count();
        long lost = sold - (order.tickets() - left);
        long oversold = Math.max(0, sold - order.tickets());
        return "without the lock " + sold + " clients bought of " + order.tickets() + " tickets, and the file says " + left
                + " are left: " + lost + " sales were lost, " + oversold + " tickets oversold";
    }

    private static List<String> names(int clients) {
        return IntStream.rangeClosed(1, clients).mapToObj(i -> "client-" + i).toList();
    }
}
