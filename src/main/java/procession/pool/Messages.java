package procession.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import procession.RemoteError;

/** What pool and worker say to each other: arrays of plain values, so that nothing of ours has to be allowed to travel. */
final class Messages {

    /** To a worker: begin, with an initializer. */
    static final int BEGIN = 1;
    /** To a worker: do a job. */
    static final int JOB = 2;
    /** To a worker: end. */
    static final int END = 3;
    /** To a worker: types of the package of a class may travel; said before anything of it comes. */
    static final int LEARN = 7;
    /** From a worker: it can take jobs. */
    static final int READY = 4;
    /** From a worker: its initializer has failed. */
    static final int UNABLE = 5;
    /** From a worker: its job cannot be rebuilt there. */
    static final int UNREADABLE = 8;
    /** From a worker: how each task of its job ended. */
    static final int DONE = 6;

    /**
     * A job.
     *
     * @param method class, method and descriptor
     * @param arity how many arguments a task has
     * @param arguments those of all tasks, one after the other
     * @param tasks how many tasks it is made of
     */
    record Job(List<String> method, int arity, Object[] arguments, int tasks) {}

    private Messages() {}

    static int kind(Object message) {
        return (Integer) ((Object[]) message)[0];
    }

    static Object[] begin(List<String> initializer, Object[] arguments) {
        return new Object[] {BEGIN, initializer.toArray(String[]::new), arguments};
    }

    static List<String> initializer(Object begin) {
        return List.of((String[]) ((Object[]) begin)[1]);
    }

    static Object[] initializerArguments(Object begin) {
        return (Object[]) ((Object[]) begin)[2];
    }

    /**
     * Its arguments are the fifth element, since messages of the codec count them. With its number no two messages are the same, so what
     * is taken out of a pipe can be told.
     */
    static Object[] job(Job job, long number) {
        return new Object[] {JOB, job.method().toArray(String[]::new), job.arity(), job.tasks(), Packed.of(job.arguments()), number};
    }

    static Job job(Object message) {
        var parts = (Object[]) message;
        return new Job(List.of((String[]) parts[1]), (Integer) parts[2], Packed.values(parts[4]), (Integer) parts[3]);
    }

    static Object[] learn(String type) {
        return new Object[] {LEARN, type};
    }

    static String type(Object learn) {
        return (String) ((Object[]) learn)[1];
    }

    static Object[] end() {
        return new Object[] {END};
    }

    static Object[] ready() {
        return new Object[] {READY};
    }

    static Object[] unable(RemoteError error) {
        return new Object[] {UNABLE, data(error)};
    }

    static RemoteError why(Object unable) {
        return error(((Object[]) unable)[1]);
    }

    static Object[] unreadable(RemoteError error) {
        return new Object[] {UNREADABLE, data(error)};
    }

    /** Where a task failed its value is null, and its error is not. */
    static Object[] done(Object[] values, RemoteError[] errors, long nanos) {
        Object[] data = null;
        for (int task = 0; task < errors.length; task++) {
            if (errors[task] != null) {
                data = data == null ? new Object[errors.length] : data;
                data[task] = data(errors[task]);
            }
        }
        return new Object[] {DONE, Packed.of(values), data, nanos};
    }

    /** How long the worker was busy with it. */
    static long nanos(Object done) {
        return (Long) ((Object[]) done)[3];
    }

    static Object[] values(Object done) {
        return Packed.values(((Object[]) done)[1]);
    }

    /** Null if the task has a value. */
    static RemoteError error(Object done, int task) {
        var errors = (Object[]) ((Object[]) done)[2];
        return errors == null || errors[task] == null ? null : error(errors[task]);
    }

    private static Object[] data(RemoteError error) {
        return new Object[] {error.type(), error.message().orElse(null), error.frames().toArray(String[]::new),
                error.cause().map(Messages::data).orElse(null)};
    }

    private static RemoteError error(Object data) {
        var parts = (Object[]) data;
        var frames = new ArrayList<>(List.of((String[]) parts[2]));
        return new RemoteError((String) parts[0], Optional.ofNullable((String) parts[1]), frames,
                Optional.ofNullable(parts[3]).map(Messages::error));
    }
}
