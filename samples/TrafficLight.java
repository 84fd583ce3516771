package samples;

import java.util.ArrayList;
import java.util.List;
import procession.Check;
import procession.Event;
import procession.Options;
import procession.Outcome;
import procession.Pace;
import procession.Process;
import procession.Procession;
import procession.Scenario;

@Scenario(name = "traffic-light", about = "Ten cars wait for a light that turns green and red for ever, by an event.")
public final class TrafficLight {

    private static final String NAME = "traffic-light";
    private static final String LOOK = "a look";
    private static final String WAIT = "a wait";

    private TrafficLight() {}

    public static void main(String[] args) throws InterruptedException {
        var options = Options.of(TrafficLight.class).count("cars", 10, "how many cars").pace(0.5).parse(args);
        int cars = options.count("cars");
        var check = Check.of(NAME);
        Process light;
        List<Object> passed;
        try (var run = Procession.start()) {
            Event green = run.event();
            // It never ends by itself. As a daemon it is ended with main; any other child, main would wait for.
            light = run.process(TrafficLight::light, green, options.pace()).name("light").daemon(true).start();
            passed = drive(run, green, cars, options.pace());
            System.out.println("all cars passed...");
            check.that(light.isAlive(), "the light went out before the cars had passed");
        }
        long looks = passed.stream().filter(LOOK::equals).count();
        long waits = passed.stream().filter(WAIT::equals).count();
        check.that(looks + waits == cars, (cars - looks - waits) + " of " + cars + " cars did not pass on green");
        check.that(isGone(light), "the light still runs after main's end");
        check.finish(looks + " cars passed after a look that said green, " + waits + " after a wait; the light is gone");
    }

    private static List<Object> drive(Procession run, Event green, int cars, Pace pace) throws InterruptedException {
        var all = new ArrayList<Process>();
        for (int i = 1; i <= cars; i++) {
            all.add(run.process(TrafficLight::car, green, pace).name("car-" + i).start());
        }
        var passed = new ArrayList<>();
        for (var car : all) {
            // What the body returned comes with the outcome.
            Outcome outcome = car.join();
            passed.add(outcome instanceof Outcome.Returned ? outcome.value() : outcome);
        }
        return passed;
    }

    private static void light(Event green, Pace pace) throws InterruptedException {
        var random = pace.random("light");
        while (true) {
            if (green.isSet()) {
                green.clear();
                System.out.println("red light");
            } else {
                green.set();
                System.out.println("green light");
            }
            pace.sleep(random, 0, 1);
        }
    }

    /** Passes when a look or a wait says green. A wait ends when the light turns green, even if it is red when we notice. */
    private static String car(Event green, Pace pace) throws InterruptedException {
        String name = Procession.currentProcess().name();
        String why = LOOK;
        if (!green.isSet()) {
            System.out.println(name + " waits...");
            green.await();
            why = WAIT;
        }
        pace.sleep(pace.random(name), 0, 1);
        System.out.println(name + " passes after " + why + "...");
        return why;
    }

    private static boolean isGone(Process process) {
        return ProcessHandle.of(process.pid().orElseThrow()).filter(ProcessHandle::isAlive).isEmpty();
    }
}
