package procession;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a pool shall be, for {@link Procession#pool(PoolOptions)}. Immutable: each {@code with…} gives another one.
 *
 * <pre>{@code
 * run.pool(PoolOptions.of(4).withInitializer(Model::load, path).withTasksPerWorker(100))
 * }</pre>
 *
 * <p>In Python: the arguments of {@code multiprocessing.Pool(processes, initializer, initargs, maxtasksperchild)}.
 */
public final class PoolOptions {

    private static final Object[] NOTHING = {};

    private final int workers;
    private final String name;
    private final Object initializer;
    private final Object[] arguments;
    private final int tasksPerWorker;
    private final int readAhead;
    private final List<String> jvmOptions;

    private PoolOptions(int workers, String name, Object initializer, Object[] arguments, int tasksPerWorker, int readAhead,
            List<String> jvmOptions) {
        this.workers = workers;
        this.name = name;
        this.initializer = initializer;
        this.arguments = arguments;
        this.tasksPerWorker = tasksPerWorker;
        this.readAhead = readAhead;
        this.jvmOptions = jvmOptions;
    }

    /**
     * One worker for each processor that is available, and nothing else said.
     *
     * @return the options
     */
    public static PoolOptions standard() {
        return of(Runtime.getRuntime().availableProcessors());
    }

    /**
     * So many workers, and nothing else said.
     *
     * @param workers how many, 1 or more
     * @return the options
     * @throws IllegalArgumentException if {@code workers} is less than 1
     */
    public static PoolOptions of(int workers) {
        return new PoolOptions(atLeastOne(workers, "A pool has 1 or more workers"), "", null, NOTHING, 0, 0, List.of());
    }

    private static int atLeastOne(int number, String rule) {
        if (number < 1) {
            throw new IllegalArgumentException(rule + ", not " + number + ".");
        }
        return number;
    }

    /**
     * The same with a name. Workers are named after it: {@code NAME-worker-1}, and so on.
     *
     * @param given the name; empty for {@code Pool-1}, {@code Pool-2}, and so on
     * @return the options
     */
    public PoolOptions withName(String given) {
        return new PoolOptions(workers, given, initializer, arguments, tasksPerWorker, readAhead, jvmOptions);
    }

    /**
     * The same with something that each worker does before its first task.
     *
     * @param body a reference to a static method
     * @return the options
     */
    public PoolOptions withInitializer(Body0 body) {
        return initialized(body);
    }

    /**
     * The same with something that each worker does before its first task. The argument is encoded when the pool is made.
     *
     * @param <A> type of the argument
     * @param body a reference to a static method
     * @param a its argument
     * @return the options
     */
    public <A> PoolOptions withInitializer(Body1<A> body, A a) {
        return initialized(body, a);
    }

    /**
     * The same with something that each worker does before its first task. The arguments are encoded when the pool is made.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param body a reference to a static method
     * @param a argument 1
     * @param b argument 2
     * @return the options
     */
    public <A, B> PoolOptions withInitializer(Body2<A, B> body, A a, B b) {
        return initialized(body, a, b);
    }

    /**
     * The same with something that each worker does before its first task. The arguments are encoded when the pool is made.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param body a reference to a static method
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @return the options
     */
    public <A, B, C> PoolOptions withInitializer(Body3<A, B, C> body, A a, B b, C c) {
        return initialized(body, a, b, c);
    }

    private PoolOptions initialized(Object body, Object... given) {
        return new PoolOptions(workers, name, body, given, tasksPerWorker, readAhead, jvmOptions);
    }

    /**
     * The same with workers that are replaced after so many tasks: Python's {@code maxtasksperchild}. A chunk counts as its tasks.
     *
     * @param tasks how many, 1 or more
     * @return the options
     * @throws IllegalArgumentException if {@code tasks} is less than 1
     */
    public PoolOptions withTasksPerWorker(int tasks) {
        return new PoolOptions(workers, name, initializer, arguments, atLeastOne(tasks, "A worker does 1 or more tasks"), readAhead,
                jvmOptions);
    }

    /**
     * The same with another bound on how many items of the input of an {@code imap} are read and not taken.
     *
     * @param items how many, 1 or more
     * @return the options
     * @throws IllegalArgumentException if {@code items} is less than 1
     */
    public PoolOptions withReadAhead(int items) {
        return new PoolOptions(workers, name, initializer, arguments, tasksPerWorker,
                atLeastOne(items, "An imap reads 1 or more items ahead"), jvmOptions);
    }

    /**
     * The same with options for the workers' JVMs, after those of {@code procession.child.jvm-options} and
     * {@code procession.pool.jvm-options}.
     *
     * @param options options such as {@code -Xmx1g}
     * @return the options
     */
    public PoolOptions withJvmOptions(String... options) {
        return new PoolOptions(workers, name, initializer, arguments, tasksPerWorker, readAhead, List.copyOf(Arrays.asList(options)));
    }

    /**
     * How many workers.
     *
     * @return the number, 1 or more
     */
    public int workers() {
        return workers;
    }

    /**
     * The pool's name.
     *
     * @return the name; empty for an automatic one
     */
    public String name() {
        return name;
    }

    /**
     * What each worker does before its first task.
     *
     * @return a reference to a static method; empty for nothing
     */
    public Optional<Object> initializer() {
        return Optional.ofNullable(initializer);
    }

    /**
     * The arguments of the initializer.
     *
     * @return a copy of them
     */
    public Object[] initializerArguments() {
        return arguments.clone();
    }

    /**
     * After how many tasks a worker is replaced.
     *
     * @return the number; 0 for never
     */
    public int tasksPerWorker() {
        return tasksPerWorker;
    }

    /**
     * How many items of the input of an {@code imap} are read and not taken, at most; no less than a chunk.
     *
     * @return the number; 0 for {@code procession.pool.read-ahead}
     */
    public int readAhead() {
        return readAhead;
    }

    /**
     * Options for the workers' JVMs.
     *
     * @return the options
     */
    public List<String> jvmOptions() {
        return jvmOptions;
    }
}
