package com.example;

import java.util.ArrayList;
import procession.JoinableQueue;
import procession.Lock;
import procession.Process;
import procession.Procession;
import procession.SharedMap;
import procession.ShutDownException;

/** A buffer with few places: producers put parts in, consumers take them out and enter each in a ledger, under a lock. */
public final class BoundedBuffer {

    private static final int PLACES = 2;
    private static final int PARTS = 10;

    private BoundedBuffer() {}

    /** Waits while the buffer is full. */
    static void produce(JoinableQueue<Integer> buffer, int first, int count) throws InterruptedException {
        for (int part = first; part < first + count; part++) {
            buffer.put(part);
        }
    }

    /** Ends when the buffer is shut down and empty. A part that is not done when its consumer dies goes back. */
    static void consume(JoinableQueue<Integer> buffer, Lock lock, SharedMap<Integer, String> ledger) throws InterruptedException {
        var name = Procession.currentProcess().name();
        try {
            while (true) {
                int part = buffer.get();
                try (var grant = lock.acquire()) {
                    ledger.put(part, name);
                }
                buffer.taskDone();
            }
        } catch (ShutDownException over) {
            System.out.println("that was all");
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try (var run = Procession.start()) {
            JoinableQueue<Integer> buffer = run.joinableQueue("buffer", PLACES);
            SharedMap<Integer, String> ledger = run.map("ledger");
            var lock = run.lock("ledger-lock");
            var producers = new ArrayList<Process>();
            for (int number = 0; number < 2; number++) {
                producers.add(run.process(BoundedBuffer::produce, buffer, number * PARTS, PARTS).start());
                run.process(BoundedBuffer::consume, buffer, lock, ledger).start();
            }
            for (var producer : producers) {
                producer.join();
            }
            buffer.join();
            buffer.shutdown();
            System.out.println(ledger.size() + " parts are in the ledger");
        }
    }
}
