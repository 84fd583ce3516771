package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A map that processes share. Each key is updated by itself, at once and as a whole.
 *
 * <p>Values are immutable. Every read gives a copy of its own; changing that copy changes nothing shared. Only what is put here changes the
 * map. Each change has the next number of the map's, its version, and the keys that it changed have that version, too.
 *
 * <p>Keys must have one encoding only, as the keeper compares them by their bytes and runs no code of the user's: strings, numbers,
 * booleans, characters, enums, {@code UUID}, times and dates of {@code java.time}, and records and lists of those. Other keys are refused
 * where they are used. Of a record, all components count, whatever its {@code equals} says; lists come back as lists, of whatever class.
 * A key takes at most 16 KiB.
 *
 * <p>Neither keys nor values are null. The order is that in which the keys came; a value that is replaced keeps its place. Nobody holds a
 * map: reading never waits, and a process that dies in the middle of an update has changed everything or nothing. Values may hold handles,
 * which live as long as the map holds them. What cells and maps hold counts towards {@code procession.payload.budget}. See
 * {@link Primitive} for what handles have in common.
 *
 * <p>In Python: {@code Manager().dict()}, whose {@code d[k] += 1} loses updates; {@link #merge} and {@link #update} lose none.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface SharedMap<K, V> extends Primitive {

    /**
     * Reads the value of a key.
     *
     * @param key the key
     * @return a copy of the value; empty if there is none. Exact when answered, old when read
     * @throws IllegalArgumentException if it is no possible key
     * @throws DecodingException if the value cannot be rebuilt here
     * @throws InterruptedException if interrupted while asking
     */
    Optional<V> get(K key) throws InterruptedException;

    /**
     * Reads the value of a key, and the number of the change that made it.
     *
     * @param key the key
     * @return a copy of the value, with its version; empty if there is none
     * @throws IllegalArgumentException if it is no possible key
     * @throws DecodingException if the value cannot be rebuilt here
     * @throws InterruptedException if interrupted while asking
     */
    Optional<Versioned<V>> read(K key) throws InterruptedException;

    /**
     * Whether there is a value for a key.
     *
     * @param key the key
     * @return whether there is
     * @throws IllegalArgumentException if it is no possible key
     * @throws InterruptedException if interrupted while asking
     */
    boolean containsKey(K key) throws InterruptedException;

    /**
     * How many keys there are.
     *
     * @return the number. Exact when answered, old when read
     * @throws InterruptedException if interrupted while asking
     */
    int size() throws InterruptedException;

    /**
     * Whether there is no key.
     *
     * @return whether it is empty
     * @throws InterruptedException if interrupted while asking
     */
    default boolean isEmpty() throws InterruptedException {
        return size() == 0;
    }

    /**
     * The whole map as it is at one moment, however big.
     *
     * @return a copy that cannot be changed, in the map's order
     * @throws DecodingException if one of it cannot be rebuilt here
     * @throws InterruptedException if interrupted while asking
     */
    Map<K, V> snapshot() throws InterruptedException;

    /**
     * Sets the value of a key.
     *
     * @param key the key
     * @param value the value
     * @return the value before; empty if there was none
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the value cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws DecodingException if the value before cannot be rebuilt here; the new one is put
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be put
     */
    Optional<V> put(K key, V value) throws InterruptedException;

    /**
     * Sets the value of a key that has none.
     *
     * @param key the key
     * @param value the value
     * @return the value that is there already, and stays; empty if there was none, and the new one is put
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the value cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    Optional<V> putIfAbsent(K key, V value) throws InterruptedException;

    /**
     * Takes a key out.
     *
     * @param key the key
     * @return the value it had; empty if it had none
     * @throws IllegalArgumentException if it is no possible key
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be gone
     */
    Optional<V> remove(K key) throws InterruptedException;

    /**
     * Takes a key out if nobody has changed it since it was read.
     *
     * @param key the key
     * @param seen what was read; its version counts
     * @return whether it was unchanged, and is gone
     * @throws IllegalArgumentException if it is no possible key
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    boolean remove(K key, Versioned<V> seen) throws InterruptedException;

    /**
     * Takes all keys out, at one moment.
     *
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    void clear() throws InterruptedException;

    /**
     * Sets the value of a key if nobody has changed it since it was read.
     *
     * @param key the key
     * @param seen what was read; its version counts
     * @param next the new value
     * @return whether it was unchanged, and is set
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the value cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    boolean compareAndSet(K key, Versioned<V> seen, V next) throws InterruptedException;

    /**
     * Sets the value of a key if it is as expected. {@code equals} is called in this process; what it was called for is what is replaced.
     *
     * @param key the key
     * @param expected what its value must equal
     * @param next the new value
     * @return whether it did, and is set; false as well if there is none
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the value cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws DecodingException if the value cannot be rebuilt here; nothing is changed
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    boolean compareAndSet(K key, V expected, V next) throws InterruptedException;

    /**
     * Replaces the value of a key by what a function makes of it, with nothing between. The function runs here; when somebody has changed
     * that key meanwhile, it runs again with the new value, so it should do nothing but compute.
     *
     * @param key the key
     * @param f makes the new value from a copy of the value, which is empty if there is none; what it throws leaves the map as it is
     * @return the new value
     * @throws IllegalArgumentException if it is no possible key
     * @throws NullPointerException if the function returns null; nothing is changed
     * @throws EncodingException if the new value cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws DecodingException if the value cannot be rebuilt here; nothing is changed
     * @throws InterruptedException if interrupted while the keeper is asked; it is or will be done once, or not at all
     */
    V update(K key, Function<? super Optional<V>, ? extends V> f) throws InterruptedException;

    /**
     * Puts a value, or combines it with the one that is there: {@code merge(word, 1, Integer::sum)} counts. See {@link #update}.
     *
     * @param key the key
     * @param value the value for a key that has none
     * @param f makes the new value from the one that is there and this one; it runs here, perhaps several times
     * @return the new value
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the new value cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws InterruptedException if interrupted while the keeper is asked; it is or will be done once, or not at all
     */
    V merge(K key, V value, BinaryOperator<V> f) throws InterruptedException;

    /**
     * Reads the value of a key, and makes it if there is none. When several processes do so at once, each may make one; one of them is
     * kept, and that is what all get.
     *
     * @param key the key
     * @param f makes the value; it runs here, and only if there is none
     * @return the value that is there now
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the new value cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws InterruptedException if interrupted while the keeper is asked; it is or will be done, or not at all
     */
    V computeIfAbsent(K key, Function<? super K, ? extends V> f) throws InterruptedException;

    /**
     * Waits until there is a value for a key.
     *
     * @param key the key
     * @return the value
     * @throws IllegalArgumentException if it is no possible key
     * @throws InterruptedException if interrupted while waiting
     */
    default V await(K key) throws InterruptedException {
        return await(key, value -> true);
    }

    /**
     * Waits until a key has a value as wanted. The condition is tried here, on the value as it is and after changes; one that is followed
     * by another at once may go unseen.
     *
     * @param key the key
     * @param condition what must hold of its value
     * @return the value it held of
     * @throws IllegalArgumentException if it is no possible key
     * @throws DecodingException if the value cannot be rebuilt here
     * @throws InterruptedException if interrupted while waiting
     */
    V await(K key, Predicate<? super V> condition) throws InterruptedException;

    /**
     * Waits for a limited time until a key has a value as wanted.
     *
     * @param key the key
     * @param condition what must hold of its value
     * @param timeout how long; zero or negative to look once
     * @return the value it held of; empty if it was not so in time
     * @throws IllegalArgumentException if it is no possible key
     * @throws DecodingException if the value cannot be rebuilt here
     * @throws InterruptedException if interrupted while waiting
     */
    Optional<V> await(K key, Predicate<? super V> condition, Duration timeout) throws InterruptedException;

    /**
     * How many changes there were: the version of the map.
     *
     * @return the number of the last change; 0 if there was none
     * @throws InterruptedException if interrupted while asking
     */
    long version() throws InterruptedException;

    /**
     * Waits until anything in the map has been changed.
     *
     * @param since the version that was seen
     * @return the version now
     * @throws InterruptedException if interrupted while waiting
     */
    long awaitChange(long since) throws InterruptedException;

    /**
     * Waits for a limited time until anything in the map has been changed.
     *
     * @param since the version that was seen
     * @param timeout how long; zero or negative to look once
     * @return the version now; empty if nothing was changed in time
     * @throws InterruptedException if interrupted while waiting
     */
    OptionalLong awaitChange(long since, Duration timeout) throws InterruptedException;

    /**
     * A change of anything in the map, to be waited for among other things by {@link Procession#waitAny}.
     *
     * @param since the version that was seen
     * @return is ready when something has been changed since; it stays in this process
     * @throws IllegalArgumentException if {@code since} is negative
     */
    Waitable changeSince(long since);

    /**
     * Reads the value of a key without blocking.
     *
     * @param key the key
     * @return completes with the value and its version; empty if there is none
     * @throws IllegalArgumentException if it is no possible key
     */
    CompletableFuture<Optional<Versioned<V>>> readAsync(K key);

    /**
     * Sets the value of a key without blocking.
     *
     * @param key the key
     * @param value the value
     * @return completes with the value before, or exceptionally with {@link FullException}
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the value cannot travel; nothing is changed
     */
    CompletableFuture<Optional<V>> putAsync(K key, V value);

    /**
     * Sets the value of a key that has none, without blocking.
     *
     * @param key the key
     * @param value the value
     * @return completes with the value that is there already; empty if the new one is put; or exceptionally with {@link FullException}
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the value cannot travel; nothing is changed
     */
    CompletableFuture<Optional<V>> putIfAbsentAsync(K key, V value);

    /**
     * Takes a key out without blocking.
     *
     * @param key the key
     * @return completes with the value it had
     * @throws IllegalArgumentException if it is no possible key
     */
    CompletableFuture<Optional<V>> removeAsync(K key);

    /**
     * Sets the value of a key without blocking if nobody has changed it since it was read.
     *
     * @param key the key
     * @param seen what was read
     * @param next the new value
     * @return completes with whether it was unchanged, and is set; or exceptionally with {@link FullException}
     * @throws IllegalArgumentException if it is no possible key
     * @throws EncodingException if the value cannot travel; nothing is changed
     */
    CompletableFuture<Boolean> compareAndSetAsync(K key, Versioned<V> seen, V next);

    /**
     * Replaces the value of a key without blocking by what a function makes of it: see {@link #update}. The function runs where dependent
     * stages of the futures of this run do.
     *
     * @param key the key
     * @param f makes the new value
     * @return completes with the new value, or exceptionally with what the function threw
     * @throws IllegalArgumentException if it is no possible key
     */
    CompletableFuture<V> updateAsync(K key, Function<? super Optional<V>, ? extends V> f);

    /**
     * Waits without blocking until anything in the map has been changed.
     *
     * @param since the version that was seen
     * @return completes with the version then; cancelling it withdraws
     */
    CompletableFuture<Long> awaitChangeAsync(long since);

    /**
     * The map as an actor. When a {@code replyTo} stops, its waits end. What is answered at once is answered in the order of the commands.
     * A key and a value that come from another node must fit into one message, some 240 KiB; larger ones are {@link Refused}. Handles in a
     * value must be kept until the answer.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What the map understands. */
    sealed interface Command {}

    /**
     * Reads the value of a key; answered by {@link Value}.
     *
     * @param key the key
     * @param replyTo who asks
     */
    record Get(Object key, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Sets the value of a key; answered by {@link Stored}.
     *
     * @param key the key
     * @param value the value
     * @param replyTo who asks
     */
    record Put(Object key, Object value, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Takes a key out; answered by {@link Value} with what it had.
     *
     * @param key the key
     * @param replyTo who asks
     */
    record Remove(Object key, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Sets the value of a key if this is its version still; answered by {@link Stored}, or by {@link Value} with what there is instead.
     *
     * @param key the key
     * @param version the version that was seen; 0 for a key that has no value
     * @param next the new value
     * @param replyTo who asks
     */
    record CompareAndSet(Object key, long version, Object next, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Waits until a key has another version; answered by {@link Value} or {@link TimedOut}.
     *
     * @param key the key
     * @param version the version that was seen; 0 for a key that has no value
     * @param timeout how long to wait; empty for ever
     * @param replyTo who waits; when it stops, the wait ends
     */
    record AwaitChange(Object key, long version, Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Asks how many keys there are; answered by {@link Count}.
     *
     * @param replyTo who asks
     */
    record Size(ActorRef<Reply> replyTo) implements Command {}

    /** What the map answers. */
    sealed interface Reply {}

    /**
     * A value of a key.
     *
     * @param value the value; empty if there is none
     * @param version its version; 0 if there is none
     */
    record Value(Optional<Object> value, long version) implements Reply {}

    /**
     * The new value is set.
     *
     * @param version its version
     */
    record Stored(long version) implements Reply {}

    /**
     * How many keys there are.
     *
     * @param size the number
     */
    record Count(int size) implements Reply {}

    /** The key was not changed in time. */
    record TimedOut() implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
