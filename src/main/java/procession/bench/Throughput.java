package procession.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import procession.Barrier;
import procession.Process;

/**
 * What throughput benchmarks have in common. Producers and consumers begin a round together, and each moves its share; a round's rate is
 * of all items, from the first put to the last get. The first rounds warm up.
 */
final class Throughput {

    private static final int WARM_UP = 2;

    private Throughput() {}

    /**
     * What one process did in each round.
     *
     * @param begin when it began
     * @param end when it had moved its share
     * @param sum of all that it has moved
     */
    record Share(long[] begin, long[] end, long sum) {}

    static int rounds(Effort effort) {
        return effort.quick() ? WARM_UP + 1 : WARM_UP + effort.rounds();
    }

    /** Of what one sender sends in all rounds. */
    static long sum(int items, Effort effort) {
        return (long) rounds(effort) * items * (items + 1) / 2;
    }

    /** A body's work: sends the numbers from 1 to {@code items} in each round. */
    static Share send(Sender sender, Barrier start, int items, Effort effort) throws InterruptedException {
        int rounds = rounds(effort);
        var share = new Share(new long[rounds], new long[rounds], sum(items, effort));
        for (int round = 0; round < rounds; round++) {
            start.await();
            share.begin[round] = System.nanoTime();
            for (int item = 1; item <= items; item++) {
                sender.put(item);
            }
            sender.flush();
            share.end[round] = System.nanoTime();
        }
        return share;
    }

    /** A body's work: takes {@code items} in each round, with a receiver of that round, so that others get what is more than that. */
    static Share take(Supplier<Receiver> receivers, Barrier start, int items, Effort effort) throws InterruptedException {
        int rounds = rounds(effort);
        var begin = new long[rounds];
        var end = new long[rounds];
        long sum = 0;
        for (int round = 0; round < rounds; round++) {
            start.await();
            begin[round] = System.nanoTime();
            try (var receiver = receivers.get()) {
                for (int i = 0; i < items; i++) {
                    sum += receiver.get();
                }
                end[round] = System.nanoTime();
            }
        }
        return new Share(begin, end, sum);
    }

    /**
     * The rate of each round.
     *
     * @param items that all producers together send in a round
     * @throws IllegalStateException if what was taken is not what was sent
     */
    static List<Double> rates(List<Process> producers, List<Process> consumers, int items) throws InterruptedException {
        var sent = shares(producers);
        var taken = shares(consumers);
        long sentSum = sent.stream().mapToLong(Share::sum).sum();
        long takenSum = taken.stream().mapToLong(Share::sum).sum();
        if (sentSum != takenSum) {
            throw new IllegalStateException("Items were lost or doubled: their sum was " + sentSum + " when sent and " + takenSum
                    + " when taken.");
        }
        var rates = new ArrayList<Double>();
        for (int i = WARM_UP; i < sent.getFirst().begin.length; i++) {
            int round = i;
            long begin = sent.stream().mapToLong(share -> share.begin[round]).min().orElseThrow();
            long end = taken.stream().mapToLong(share -> share.end[round]).max().orElseThrow();
            rates.add(items * 1e9 / (end - begin));
        }
        return rates;
    }

    private static List<Share> shares(List<Process> processes) throws InterruptedException {
        var shares = new ArrayList<Share>();
        for (var process : processes) {
            shares.add(Stage.result(process, Share.class));
        }
        return shares;
    }
}
