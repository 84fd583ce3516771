package procession.pool;

import java.lang.ref.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import procession.Connection;
import procession.DecodingException;
import procession.EncodingException;
import procession.EndOfStreamException;
import procession.RemoteError;
import procession.core.Payload;

/** A worker: it takes one job after the other, and says how each of its tasks ended. */
public final class Worker {

    /** Calls a method. */
    @FunctionalInterface
    public interface Call {

        /**
         * Calls it.
         *
         * @param arguments the arguments of many tasks, one after the other
         * @param from where those of this one begin
         * @return what the method returns
         * @throws Throwable what it throws
         */
        Object with(Object[] arguments, int from) throws Throwable;
    }

    /** What a worker needs from its process. */
    public interface Place {

        /**
         * Types of the package of a class may travel from now on.
         *
         * @param type name of the class
         */
        void learn(String type);

        /**
         * The method of a name.
         *
         * @param name class, method and descriptor
         * @return calls it
         * @throws Throwable if there is none here
         */
        Call method(List<String> name) throws Throwable;

        /**
         * Encodes a value.
         *
         * @param value the value
         * @return the payload
         */
        Payload encode(Object value);

        /**
         * Sends what was encoded before, with what this process asks next: the pool knows whether it arrives.
         *
         * @param to the pool
         * @param payload the message
         */
        void send(Connection to, Payload payload);
    }

    private final Place place;
    private final Connection pool;
    private final Map<List<String>, Call> methods = new HashMap<>();
    private List<String> lastName;
    private Call last;

    /**
     * A worker.
     *
     * @param place its process
     * @param pool leads to the pool
     */
    public Worker(Place place, Connection pool) {
        this.place = place;
        this.pool = pool;
    }

    /**
     * Works until it is told to end, or the pool is gone.
     *
     * @throws InterruptedException if interrupted while nothing is to be done
     */
    public void work() throws InterruptedException {
        try {
            if (begin(pool.receive())) {
                while (next()) {
                    // One job after the other.
                }
            }
        } catch (EndOfStreamException over) {
            // The pool is gone.
        }
    }

    private boolean begin(Object message) {
        try {
            var initializer = Messages.initializer(message);
            if (!initializer.isEmpty()) {
                method(initializer).with(Messages.initializerArguments(message), 0);
            }
        } catch (Throwable failed) {
            say(Messages.unable(RemoteError.of(failed)));
            return false;
        }
        Thread.interrupted();
        say(Messages.ready());
        return true;
    }

    private boolean next() throws InterruptedException {
        try {
            var message = pool.receive();
            switch (Messages.kind(message)) {
                case Messages.END -> {
                    return false;
                }
                case Messages.LEARN -> place.learn(Messages.type(message));
                default -> does(Messages.job(message));
            }
        } catch (DecodingException unreadable) {
            say(Messages.unreadable(RemoteError.of(unreadable)));
        }
        return true;
    }

    private void does(Messages.Job job) {
        var values = new Object[job.tasks()];
        var errors = new RemoteError[job.tasks()];
        long begin = System.nanoTime();
        for (int task = 0; task < values.length; task++) {
            try {
                values[task] = method(job.method()).with(job.arguments(), task * job.arity());
            } catch (Throwable thrown) {
                errors[task] = RemoteError.of(thrown);
            }
            Thread.interrupted(); // An interrupt is the task's own affair.
        }
        place.send(pool, encoded(values, errors, System.nanoTime() - begin));
        Reference.reachabilityFence(values); // Handles in it must not be let go of before the keeper has counted them.
    }

    private Call method(List<String> name) throws Throwable {
        if (name != lastName) { // The tasks of a job have the very same.
            last = methods.get(name);
            if (last == null) {
                last = place.method(name);
                methods.put(name, last);
            }
            lastName = name;
        }
        return last;
    }

    /** A value that cannot travel is the failure of its task, not of the others. */
    private Payload encoded(Object[] values, RemoteError[] errors, long nanos) {
        try {
            return place.encode(Messages.done(values, errors, nanos));
        } catch (EncodingException | IllegalArgumentException | IllegalStateException one) {
            boolean found = false;
            for (int task = 0; task < values.length; task++) {
                found |= isFailed(values, errors, task);
            }
            if (!found) {
                failAll(values, errors, one);
            }
        }
        try {
            return place.encode(Messages.done(values, errors, nanos));
        } catch (EncodingException tooMuch) {
            failAll(values, errors, tooMuch);
            return place.encode(Messages.done(values, errors, nanos));
        }
    }

    private boolean isFailed(Object[] values, RemoteError[] errors, int task) {
        try {
            place.encode(values[task]);
            return false;
        } catch (EncodingException | IllegalArgumentException | IllegalStateException cannotTravel) {
            values[task] = null;
            errors[task] = RemoteError.of(cannotTravel);
            return true;
        }
    }

    private static void failAll(Object[] values, RemoteError[] errors, RuntimeException why) {
        var error = RemoteError.of(why);
        for (int task = 0; task < values.length; task++) {
            if (errors[task] == null) {
                values[task] = null;
                errors[task] = new RemoteError(error.type(), error.message(), List.of(), java.util.Optional.empty());
            }
        }
    }

    private void say(Object[] message) {
        place.send(pool, place.encode(message));
    }
}
