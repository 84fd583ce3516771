package procession.it;

import java.util.Map;
import procession.Procession;

/** A program that starts a run, for a test that joins it. */
public final class Host {

    private Host() {}

    /**
     * Starts the run; ends it when its standard input says so, and lives on until that ends.
     *
     * @param args name of the run
     */
    public static void main(String[] args) throws Exception {
        try (var run = Procession.start(Map.of("procession.name", args[0]))) {
            run.lock("held by the host").acquire();
            System.out.println("up");
            System.in.read();
        }
        System.out.println("over");
        while (System.in.read() >= 0) {
            // It lives on.
        }
    }
}
