package procession.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Map;
import procession.Lock;
import procession.Process;
import procession.Procession;
import procession.RunEndedException;

/** A program that joins a run and does what it is told on its standard input, a word at a time; what comes of it, it prints. */
public final class Guest {

    private final Procession run;
    private Process child;

    private Guest(Procession run) {
        this.run = run;
    }

    /**
     * Joins and obeys.
     *
     * @param args name of the run, then settings, each as {@code KEY=VALUE}
     */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new java.util.HashMap<>();
        Arrays.stream(args).skip(1).map(setting -> setting.split("=", 2)).forEach(setting -> settings.put(setting[0], setting[1]));
        var guest = new Guest(Procession.join(args[0], settings));
        System.out.println("joined " + guest.run.name() + " as " + Procession.currentProcess().name() + ", parent "
                + Procession.parentProcess().isPresent());
        guest.obey(new BufferedReader(new InputStreamReader(System.in)));
    }

    private void obey(BufferedReader orders) throws Exception {
        for (var order = orders.readLine(); order != null; order = orders.readLine()) {
            try {
                obey(order);
            } catch (RunEndedException over) {
                System.out.println(order + ": " + over.getMessage());
            }
        }
    }

    private void obey(String order) throws Exception {
        switch (order) {
            case "lock" -> System.out.println("locked, fence " + run.lock("common").acquire().fence());
            case "unlock" -> run.lock("common").release();
            case "wait" -> run.event("never").await();
            case "start" -> child = run.process(Guest::works, run.lock("child's")).name("worker").start();
            case "join" -> System.out.println("child " + child.join());
            case "throw" -> throw new IllegalStateException("as it was told");
            case "close" -> {
                run.close();
                System.out.println("closed");
            }
            default -> System.exit(Integer.parseInt(order));
        }
    }

    private static void works(Lock lock) throws InterruptedException, IOException {
        lock.acquire();
        System.out.println("works");
        Procession.current().queue("results").put("from " + Procession.currentProcess().name());
        Procession.current().event("never").await();
    }
}
