package samples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import procession.Barrier;
import procession.Cell;
import procession.Check;
import procession.Deadlock;
import procession.DeadlockException;
import procession.Event;
import procession.Grant;
import procession.Lock;
import procession.Options;
import procession.Outcome;
import procession.Pace;
import procession.Process;
import procession.Procession;
import procession.Scenario;
import procession.SharedMap;
import procession.UsageException;

/**
 * Tellers move money between accounts. Each account is a cell with a lock beside it, and a transfer holds both locks, or money comes into
 * being or is lost.
 *
 * <p>Two cells are not changed at one moment, so a teller that dies between them leaves a transfer half made. Hence the journal: the new
 * balances are written down before the first is changed, and crossed out before the locks are released. Who gets the lock of one that died
 * is told so, and finishes what the journal says about that account. Each balance is set to what it was to become, not changed by an
 * amount, so it does no harm if that was done already. {@code --kill teller-2} proves it. (A few accounts could as well be one cell, with a
 * map of all balances, and a transfer one {@code update}: no locks and no journal, but then all transfers wait for each other.)
 *
 * <p>Everyone takes the lock of the account with the lower number first. {@code --deadlock} shows what happens otherwise.
 */
@Scenario(name = "bank", about = "Tellers move money between accounts, which are cells, under two locks.")
public final class Bank {

    private static final String NAME = "bank";
    private static final long OPENING = 100;
    private static final int MOST = 50;

    private Bank() {}

    /** An account. Handles travel inside other values. */
    private record Account(int number, Cell<Long> balance, Lock lock) {}

    /** All accounts; and for each teller in a transfer, what accounts are to become. */
    private record Books(List<Account> accounts, SharedMap<String, Map<Integer, Long>> journal) {}

    /** What tellers are told: how many transfers to make, how fast, and who shall be killed between the two accounts of one. */
    private record Orders(int transfers, Pace pace, String victim, Event victimIsBetween) {}

    /** What main asks for. */
    private record Day(int tellers, int accounts, int transfers, String victim, boolean deadlock, Pace pace) {}

    /** What was done: transfers made, those refused for want of money, and accounts on which a dead teller's transfer was finished. */
    private record Work(int made, int refused, int repaired) {
        Work plus(Work other) {
            return new Work(made + other.made, refused + other.refused, repaired + other.repaired);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        var options = Options.of(Bank.class)
                .count("tellers", 4, "how many tellers there are")
                .count("accounts", 6, "how many accounts")
                .count("transfers", 25, "how many transfers each teller tries")
                .text("kill", null, "a teller to kill in the middle of a transfer, such as teller-2")
                .flag("deadlock", "take the locks in the order of the transfer, in a circle of tellers")
                .pace(0.1)
                .parse(args);
        var day = new Day(options.count("tellers"), options.count("accounts"), options.count("transfers"), options.text("kill"),
                options.flag("deadlock"), options.pace());
        refuseWrong(day);
        var check = Check.of(NAME);
        String facts;
        try (var run = Procession.start()) {
            Books books = open(run, day.accounts());
            Work work = day.deadlock() ? crossed(run, books, day, check) : served(run, books, day, check);
            facts = audited(books, work, day, check);
        }
        check.finish(facts);
    }

    private static void refuseWrong(Day day) {
        if (day.accounts() < 2) {
            throw new UsageException("--accounts " + day.accounts() + " is too few: a transfer is between two accounts.");
        }
        if (day.victim() != null && (day.deadlock() || day.transfers() == 0)) {
            throw new UsageException("--kill kills a teller in the middle of a transfer, so it does not go with --deadlock, and not with"
                    + " --transfers 0.");
        }
        if (day.victim() != null && !names(day.tellers()).contains(day.victim())) {
            throw new UsageException("--kill names no teller: there is no " + day.victim() + " among the " + day.tellers()
                    + " tellers, teller-1 and so on.");
        }
        if (day.deadlock() && (day.tellers() < 2 || day.accounts() < day.tellers())) {
            throw new UsageException("--deadlock needs two tellers or more, and an account for each of them; not --tellers "
                    + day.tellers() + " and --accounts " + day.accounts() + ".");
        }
    }

    private static Books open(Procession run, int accounts) {
        var all = IntStream.range(0, accounts).mapToObj(number -> new Account(number, run.cellOf(OPENING), run.lock("account-" + number)));
        return new Books(all.toList(), run.map());
    }

    // What main does, with the locks in one order.

    private static Work served(Procession run, Books books, Day day, Check check) throws InterruptedException {
        var orders = new Orders(day.transfers(), day.pace(), day.victim(), run.event());
        var tellers = new ArrayList<Process>();
        for (var name : names(day.tellers())) {
            tellers.add(run.process(Bank::serve, books, orders).name(name).start());
        }
        if (day.victim() != null) {
            var victim = tellers.get(names(day.tellers()).indexOf(day.victim()));
            while (victim.isAlive() && !orders.victimIsBetween().await(Duration.ofSeconds(1))) {
                // It has had no transfer yet for which there was money.
            }
            System.out.println("main kills " + victim.name() + ", in the middle of a transfer");
            victim.kill();
        }
        return joined(tellers, day.victim(), check);
    }

    private static Work joined(List<Process> tellers, String victim, Check check) throws InterruptedException {
        var work = new Work(0, 0, 0);
        for (var teller : tellers) {
            var outcome = teller.join();
            boolean killed = teller.name().equals(victim);
            check.that(outcome.exitCode() == (killed ? -9 : 0), teller.name() + " " + outcome);
            work = outcome instanceof Outcome.Returned ? work.plus((Work) outcome.value()) : work;
        }
        return work;
    }

    /** The locks again: only who takes them is told that a teller died with one. */
    private static String audited(Books books, Work work, Day day, Check check) throws InterruptedException {
        long sum = 0;
        long least = OPENING;
        int repaired = work.repaired();
        for (var account : books.accounts()) {
            try (var grant = account.lock().acquire()) {
                repaired += repair(books, account, grant);
                long balance = account.balance().get();
                sum += balance;
                least = Math.min(least, balance);
            }
        }
        check.that(sum == day.accounts() * OPENING, sum + " are in the accounts, and not " + day.accounts() * OPENING);
        check.that(least >= 0, "a balance fell to " + least);
        check.that(repaired == (day.victim() == null ? 0 : 2), repaired + " accounts were repaired");
        return work.made() + " transfers by " + day.tellers() + " tellers, " + work.refused() + " refused for want of money; "
                + sum + " in " + day.accounts() + " accounts, as before"
                + (day.deadlock() ? "; all " + day.tellers() + " had held what another wanted"
                : day.victim() == null ? ""
                : "; " + day.victim() + " died in a transfer, which those who got its locks have finished");
    }

    // What main does, with a circle of tellers.

    private static Work crossed(Procession run, Books books, Day day, Check check) throws InterruptedException {
        var eachHasOne = run.barrier(day.tellers());
        var tellers = new ArrayList<Process>();
        for (var name : names(day.tellers())) {
            tellers.add(run.process(Bank::cross, books, tellers.size(), (tellers.size() + 1) % day.tellers(), eachHasOne)
                    .name(name).start());
        }
        var deadlock = standing(run, tellers);
        if (deadlock.isEmpty()) {
            return joined(tellers, null, check);
        }
        // Before main asks, the run has logged it.
        var chain = deadlock.get().chain();
        chain.forEach(wait -> System.out.println(wait.process() + " waits for " + wait.lock() + ", which the next one holds"));
        check.that(chain.size() == day.tellers(), "not all tellers are in " + chain);
        // The end of one is enough: what it holds passes on. Its transfer had not begun. So is `lock.breakLock()`, where a process shall
        // live; and with `procession.deadlock = refuse` nobody has to come, as the last of them is refused.
        var name = chain.getLast().process();
        System.out.println("main kills " + name + ", and the others go on");
        tellers.get(names(day.tellers()).indexOf(name)).kill();
        var work = joined(tellers, name, check);
        check.that(work.made() == day.tellers() - 1, work.made() + " transfers were made after the deadlock");
        check.that(run.deadlocks().isEmpty(), "the deadlock still stands: " + run.deadlocks());
        return work;
    }

    /** The first deadlock, or empty when all tellers have ended without one. */
    private static Optional<Deadlock> standing(Procession run, List<Process> tellers) throws InterruptedException {
        while (tellers.stream().anyMatch(Process::isAlive)) {
            var found = run.deadlocks();
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
            Thread.sleep(50);
        }
        return Optional.empty();
    }

    // What tellers do.

    private static Work serve(Books books, Orders orders) throws InterruptedException {
        var name = Procession.currentProcess().name();
        var random = orders.pace().random(name);
        var work = new Work(0, 0, 0);
        for (int i = 0; i < orders.transfers(); i++) {
            int from = random.nextInt(books.accounts().size());
            int to = (from + random.nextInt(1, books.accounts().size())) % books.accounts().size();
            work = work.plus(transfer(books, from, to, random.nextInt(1, MOST + 1), name.equals(orders.victim()) ? orders : null));
            orders.pace().sleep(random, 0, 0.2);
        }
        System.out.println("made " + work.made() + " of " + orders.transfers() + " transfers");
        return work;
    }

    private static Work transfer(Books books, int from, int to, long amount, Orders trap) throws InterruptedException {
        var lower = books.accounts().get(Math.min(from, to));
        var higher = books.accounts().get(Math.max(from, to));
        try (var first = lower.lock().acquire(); var second = higher.lock().acquire()) {
            int repaired = repair(books, lower, first) + repair(books, higher, second);
            boolean made = move(books, books.accounts().get(from), books.accounts().get(to), amount, trap);
            return new Work(made ? 1 : 0, made ? 0 : 1, repaired);
        }
    }

    /** Under both locks. */
    private static boolean move(Books books, Account from, Account to, long amount, Orders trap) throws InterruptedException {
        var name = Procession.currentProcess().name();
        long left = from.balance().get() - amount;
        if (left < 0) {
            return false;
        }
        long more = to.balance().get() + amount;
        books.journal().put(name, Map.of(from.number(), left, to.number(), more));
        from.balance().set(left);
        if (trap != null) {
            System.out.println("has taken " + amount + " from account " + from.number() + ", which account " + to.number()
                    + " does not have yet");
            trap.victimIsBetween().set();
            Thread.sleep(Duration.ofDays(1));
        }
        to.balance().set(more);
        books.journal().remove(name);
        return true;
    }

    /**
     * Under the lock of this account. Nobody alive is in a transfer with it, so what the journal says of it is of the dead, and is due.
     * Returns how many accounts were repaired: one at most, unless several have died.
     */
    private static int repair(Books books, Account account, Grant grant) throws InterruptedException {
        if (grant.abandoned().isEmpty()) {
            return 0;
        }
        int repaired = 0;
        for (var entry : books.journal().snapshot().entrySet()) {
            Long balance = entry.getValue().get(account.number());
            if (balance != null) {
                account.balance().set(balance);
                books.journal().update(entry.getKey(), open -> without(account.number(), open.orElse(Map.of())));
                System.out.println("account " + account.number() + " becomes " + balance + ", as " + entry.getKey() + " meant it to");
                repaired++;
            }
        }
        return repaired;
    }

    private static Map<Integer, Long> without(int number, Map<Integer, Long> balances) {
        var others = new HashMap<>(balances);
        others.remove(number);
        return others;
    }

    /** From this account to the next, with the locks in that order: when each teller has its first, nobody gets a second. */
    private static Work cross(Books books, int from, int to, Barrier eachHasOne) throws InterruptedException {
        var own = books.accounts().get(from);
        var next = books.accounts().get(to);
        try (var first = own.lock().acquire()) {
            eachHasOne.await();
            System.out.println("holds account " + from + " and wants account " + to);
            try (var second = next.lock().acquire()) {
                return new Work(move(books, own, next, 1, null) ? 1 : 0, 0, 0);
            }
        } catch (DeadlockException refused) {
            // Both locks are released by now, so it can begin anew: in the order in which there is no deadlock.
            System.out.println("is refused: " + refused.getMessage());
            return transfer(books, from, to, 1, null);
        }
    }

    private static List<String> names(int tellers) {
        return IntStream.rangeClosed(1, tellers).mapToObj(i -> "teller-" + i).toList();
    }
}
