package procession.node;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import procession.ClusterException;
import procession.SettingsException;
import procession.core.Hello;

/**
 * The run from a program that has joined it. The program outlives the run: then its calls say so, and its children, which were nodes of
 * that run, are ended. When the program leaves, or dies, the keeper settles what it held, and the run goes on.
 */
final class JoinedRun extends ProgramRun {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String RUN_ENDED = "as the run had ended";

    private final Membership membership;
    private final Thread watch = new Thread(this::outlives, "procession-run-watch");

    private JoinedRun(String name, Node node, Family family, Membership membership, Runnable whenClosed) {
        super(name, node, family, whenClosed);
        this.membership = membership;
    }

    /** Joins a run: this JVM becomes one of its processes. */
    static JoinedRun join(String meant, Map<String, ?> given, Runnable whenClosed) {
        var found = RunSearch.find(meant);
        var run = found.run();
        refuseOtherVersion(run);
        var settings = Settings.ofJoined(given, run.settings());
        if (settings.debug() != null) {
            throw new SettingsException("procession.debug (--debug) is for the program that starts a run; this one joins one.");
        }
        var allowed = allowed(settings, CallSite.caller());
        var self = new SelfProcess(Settings.joinedName(settings.processName()), false, false, run.authKey());
        var console = Console.ofProgram(settings, self.name());
        var progress = Progress.ofProgram();
        var origin = new Family.Origin(run.system(), run.name(), run.keeper(), run.seed(), folders());
        var membership = new Membership(found);
        var hello = new Hello(0, new SecureRandom().nextLong(1, Long.MAX_VALUE), self.name(), self.pid().getAsLong(), self.startToken());
        var node = Node.ofGuest(origin, settings, hello, Recording.join(settings, self.name()), membership);
        node.payloads(allowed, loader(), settings.payloadMax());
        awaitWelcome(node, membership, settings, run);
        var joined = new JoinedRun(run.name(), node, new Family(settings, self, console, origin, allowed, node, progress), membership,
                whenClosed);
        joined.watchEnds();
        joined.watch.setDaemon(true);
        joined.watch.start();
        return joined;
    }

    private static void refuseOtherVersion(RunFile run) {
        if (!run.version().equals(RunFile.ownVersion())) {
            throw new ClusterException("The run '" + run.name() + "' is one of Procession " + run.version() + " and cannot be joined by "
                    + RunFile.ownVersion() + "; use the same version for both.");
        }
    }

    private static void awaitWelcome(Node node, Membership membership, Settings settings, RunFile run) {
        long until = System.nanoTime() + settings.joinTimeout().toNanos();
        try {
            while (node.session().awaitWelcome(LOOK) == null) {
                if (membership.isTooLate()) {
                    throw abandoned(node, membership, "The run '" + run.name() + "' has ended while this process was joining it.");
                }
                if (System.nanoTime() - until >= 0) {
                    throw abandoned(node, membership, "The run '" + run.name() + "' (main process " + run.pid() + ") did not answer within "
                            + settings.joinTimeout().toSeconds() + " s (procession.join.timeout); it may be stopped, or the machine busy.");
                }
            }
            membership.begins();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw abandoned(node, membership, "Joining the run '" + run.name() + "' was interrupted.");
        }
    }

    private static ClusterException abandoned(Node node, Membership membership, String why) {
        membership.ends();
        node.close();
        return new ClusterException(why);
    }

    /** Waits for the end of the run, and draws the consequences. */
    private void outlives() {
        try {
            membership.awaitOver();
        } catch (InterruptedException left) {
            return;
        }
        node().session().end();
        family().endChildren(RUN_ENDED);
    }

    /** As long as the run goes on, it is worth waiting until nobody waits for what this process held. */
    @Override
    void leaves() {
        membership.ends();
        node().leave();
        try {
            while (!node().session().awaitEnd(LOOK) && !membership.isLetGo()) {
                // The keeper is slow, or stopped.
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        watch.interrupt();
    }

    @Override
    void jvmEnds() {
        membership.ends();
        super.jvmEnds();
        node().session().endLoans();
        try {
            node().session().flush(family().settings().flush());
        } catch (InterruptedException interrupted) {
            // Then without waiting.
        }
    }
}
