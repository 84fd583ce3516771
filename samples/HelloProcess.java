package samples;

import procession.Check;
import procession.Event;
import procession.Options;
import procession.Process;
import procession.Procession;
import procession.Scenario;

@Scenario(name = "hello-process", about = "One child, looked at before, during and after its life.")
public final class HelloProcess {

    private static final String NAME = "hello-process";

    private HelloProcess() {}

    public static void main(String[] args) throws InterruptedException {
        Options.of(HelloProcess.class).parse(args);
        var check = Check.of(NAME);
        System.out.println("main process start");
        String facts;
        try (var run = Procession.start()) {
            facts = watch(run, check);
        }
        check.finish(facts);
    }

    private static String watch(Procession run, Check check) throws InterruptedException {
        var mayEnd = run.event();
        // The body is a function, as in Process(target=run) of Python. Nothing happens before start().
        var child = run.process(HelloProcess::greet, mayEnd).name("hello");
        describe("before the start", child);
        check.that(!child.isAlive(), "it is alive before its start");

        child.start();
        describe("while running", child);
        check.that(child.isAlive(), "it is not alive while it runs");
        check.that(child.exitCode().isEmpty(), "it has an exit code while it runs");
        long pid = child.pid().orElseThrow();

        mayEnd.set();
        child.join();
        describe("after the join", child);
        check.that(pid != ProcessHandle.current().pid(), "it has main's pid");
        check.that(child.exitCode().orElse(-1) == 0, "its exit code is " + child.exitCode() + " and not 0");
        check.that(!child.isAlive(), "it is alive after the join");
        check.that(refusesAnotherStart(child), "it could be started twice");
        return "the child had a pid of its own, ended with exit code 0, and refuses to start twice";
    }

    /** Runs in the child. It waits for main, which wants to see it alive. */
    private static void greet(Event mayEnd) throws InterruptedException {
        System.out.println("hello from " + Procession.currentProcess().name() + ", pid " + ProcessHandle.current().pid());
        mayEnd.await();
    }

    private static void describe(String when, Process child) {
        System.out.printf("%-17s name=%s pid=%s alive=%s exitCode=%s daemon=%s%n", when + ":", child.name(),
                child.pid().isPresent() ? child.pid().getAsLong() : "none", child.isAlive(),
                child.exitCode().isPresent() ? child.exitCode().getAsInt() : "none", child.isDaemon());
    }

    private static boolean refusesAnotherStart(Process child) throws InterruptedException {
        try {
            child.start();
            return false;
        } catch (IllegalStateException refused) {
            System.out.println("started again:    refused: " + refused.getMessage());
            return true;
        }
    }
}
