package samples;

import java.util.ArrayList;
import java.util.List;
import procession.Check;
import procession.Options;
import procession.Pace;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Scenario;

@Scenario(name = "car-market", about = "A hundred consumers want two cars: a queue, and an end marker for each consumer.")
public final class CarMarket {

    private static final String NAME = "car-market";

    private CarMarket() {}

    public static void main(String[] args) throws InterruptedException {
        var options = Options.of(CarMarket.class)
                .count("producers", 2, "how many produce one car each")
                .count("consumers", 100, "how many want to buy one car each")
                .pace(0.2)
                .parse(args);
        int producers = options.count("producers");
        int consumers = options.count("consumers");
        var check = Check.of(NAME);
        List<Object> taken;
        int left;
        try (var run = Procession.start()) {
            Queue<String> cars = run.queue();
            produce(run, cars, producers, options.pace());
            taken = sell(run, cars, consumers, options.pace());
            left = cars.size();
        }
        long bought = taken.stream().filter(car -> car != null).count();
        int buyers = Math.min(producers, consumers);
        check.that(taken.size() == consumers, "only " + taken.size() + " of " + consumers + " consumers ended");
        check.that(bought == buyers, bought + " cars were bought and not " + buyers);
        check.that(taken.stream().filter(car -> car != null).distinct().count() == bought, "a car was bought twice");
        // What was put, less what was taken: producers + consumers - consumers.
        check.that(left == producers, left + " items are left over and not " + producers);
        check.finish(bought + " cars bought, " + (consumers - bought) + " consumers saw an end marker first, " + left
                + " items left over");
    }

    /** Producers are joined before anything else is put, so the cars are ahead of all markers. */
    private static void produce(Procession run, Queue<String> cars, int producers, Pace pace) throws InterruptedException {
        var all = new ArrayList<Process>();
        for (int i = 1; i <= producers; i++) {
            all.add(run.process(CarMarket::produceOne, cars, pace).name("producer-" + i).start());
        }
        for (var producer : all) {
            producer.join();
        }
    }

    private static List<Object> sell(Procession run, Queue<String> cars, int consumers, Pace pace) throws InterruptedException {
        var all = new ArrayList<Process>();
        for (int i = 1; i <= consumers; i++) {
            all.add(run.process(CarMarket::buy, cars, pace).name("consumer-" + i).start());
        }
        // A consumer cannot know that no car will come any more, so it is told: by null. Each needs one of its own, as a marker
        // that was taken is gone.
        for (int i = 0; i < consumers; i++) {
            cars.put(null);
        }
        // The notes forget these joins: Python joins at its exit, and the results are never looked at.
        var taken = new ArrayList<>();
        for (var consumer : all) {
            taken.add(consumer.join().value());
        }
        System.out.println("main");
        return taken;
    }

    private static void produceOne(Queue<String> cars, Pace pace) throws InterruptedException {
        long pid = ProcessHandle.current().pid();
        pace.sleep(pace.random(Procession.currentProcess().name()), 0, 1);
        cars.put("car_by_" + pid);
        System.out.println(pid + " produces a car...");
    }

    /** Takes one item. Returns the car, or null for the end marker. */
    private static String buy(Queue<String> cars, Pace pace) throws InterruptedException {
        long pid = ProcessHandle.current().pid();
        String car = cars.get();
        if (car == null) {
            System.out.println("no car. " + pid + " ends.");
            return null;
        }
        pace.sleep(pace.random(Procession.currentProcess().name()), 0, 1);
        System.out.println(pid + " buys the car " + car);
        return car;
    }
}
