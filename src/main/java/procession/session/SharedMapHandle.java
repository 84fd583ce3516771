package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import procession.SharedMap;
import procession.Versioned;
import procession.Waitable;
import procession.core.Carried;
import procession.core.Command.AwaitMap;
import procession.core.Command.ClearMap;
import procession.core.Command.ReadMap;
import procession.core.Command.ReadMore;
import procession.core.Command.ReadValue;
import procession.core.Command.WriteValue;
import procession.core.Payload;
import procession.core.Reply.Entries;
import procession.core.Reply.Entry;
import procession.core.Request;
import procession.core.Sent;

/** A map, from here. */
final class SharedMapHandle<K, V> extends ValuesHandle<V> implements SharedMap<K, V> {

    private static final long ABSENT = 0;

    SharedMapHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    private Payload encoded(K key) {
        return home.encodeKey(key);
    }

    private static <T> T present(T value) {
        return Objects.requireNonNull(value, "A value of a map is not null; take the key out instead.");
    }

    // What is read.

    @Override
    public Optional<V> get(K key) throws InterruptedException {
        return value(read(key));
    }

    private static <T> Optional<T> value(Optional<Versioned<T>> read) {
        return read.map(Versioned::value);
    }

    @Override
    public Optional<Versioned<V>> read(K key) throws InterruptedException {
        return readValue(encoded(key));
    }

    @Override
    public boolean containsKey(K key) throws InterruptedException {
        var value = found(ask(new ReadValue(encoded(key)), Sent.FOR_EVER));
        home.letGo(value.payload());
        return value.version() != ABSENT;
    }

    @Override
    public int size() throws InterruptedException {
        return (int) count("size");
    }

    @Override
    public Map<K, V> snapshot() {
        var entries = entries();
        var map = new LinkedHashMap<K, V>();
        int decoded = 0;
        try {
            for (var entry : entries) {
                decoded++;
                V value = decoded(entry.payload());
                map.put(this.<K>decodedKey(entry), value);
            }
        } finally {
            entries.subList(decoded, entries.size()).forEach(entry -> home.letGo(entry.payload()));
        }
        return Collections.unmodifiableMap(map);
    }

    @SuppressWarnings("unchecked")
    private <T> T decodedKey(Entry entry) {
        return (T) home.decodeKey(entry.key());
    }

    /** Read to the end, as the handles in all of it are this process's with the first part. */
    private List<Entry> entries() {
        var first = home.session().askedUninterrupted(this, new Request.Operate(target(), new ReadMap()));
        var part = part(first.reply());
        var all = new ArrayList<>(part.entries());
        while (part.more()) {
            part = part(home.session().askUninterrupted(this, new Request.Operate(target(), new ReadMore(first.request()))));
            all.addAll(part.entries());
        }
        return all;
    }

    private Entries part(procession.core.Reply reply) {
        if (reply instanceof Entries entries) {
            return entries;
        }
        throw unexpected(reply);
    }

    // What is changed.

    @Override
    public Optional<V> put(K key, V value) throws InterruptedException {
        return value(versioned(write(encoded(key), present(value), WriteValue.ANY, true)));
    }

    @Override
    public Optional<V> putIfAbsent(K key, V value) throws InterruptedException {
        return existing(write(encoded(key), present(value), ABSENT, false));
    }

    private Optional<V> existing(procession.core.Reply reply) {
        return reply instanceof procession.core.Reply.Stored ? Optional.empty() : value(versioned(reply));
    }

    @Override
    public Optional<V> remove(K key) throws InterruptedException {
        return value(versioned(ask(removal(key, WriteValue.ANY, true), Sent.FOR_EVER)));
    }

    @Override
    public boolean remove(K key, Versioned<V> seen) throws InterruptedException {
        return isStored(ask(removal(key, seen.version(), false), Sent.FOR_EVER));
    }

    private procession.core.Command removal(K key, long expected, boolean wantsOld) {
        return new WriteValue(encoded(key), Payload.NONE, expected, wantsOld);
    }

    @Override
    public void clear() throws InterruptedException {
        stored(ask(new ClearMap(), Sent.FOR_EVER));
    }

    private long stored(procession.core.Reply reply) {
        if (reply instanceof procession.core.Reply.Stored stored) {
            return stored.version();
        }
        throw unexpected(reply);
    }

    @Override
    public boolean compareAndSet(K key, Versioned<V> seen, V next) throws InterruptedException {
        return isStored(write(encoded(key), present(next), seen.version(), false));
    }

    @Override
    public boolean compareAndSet(K key, V expected, V next) throws InterruptedException {
        return replaced(encoded(key), present(expected), present(next));
    }

    @Override
    public V update(K key, Function<? super Optional<V>, ? extends V> f) throws InterruptedException {
        return updated(encoded(key), seen -> made(f, seen));
    }

    private static <V> V made(Function<? super Optional<V>, ? extends V> f, Optional<Versioned<V>> seen) {
        return present(f.apply(value(seen)));
    }

    @Override
    public V merge(K key, V value, BinaryOperator<V> f) throws InterruptedException {
        return update(key, old -> old.map(there -> f.apply(there, value)).orElse(value));
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> f) throws InterruptedException {
        var encoded = encoded(key);
        var there = value(readValue(encoded));
        if (there.isPresent()) {
            return there.get();
        }
        V value = present(f.apply(key));
        return existing(write(encoded, value, ABSENT, false)).orElse(value);
    }

    // What is waited for.

    @Override
    public V await(K key, Predicate<? super V> condition) throws InterruptedException {
        return awaited(encoded(key), condition, Sent.FOR_EVER).orElseThrow().value();
    }

    @Override
    public Optional<V> await(K key, Predicate<? super V> condition, Duration timeout) throws InterruptedException {
        return value(awaited(encoded(key), condition, nanos(timeout)));
    }

    @Override
    public long version() throws InterruptedException {
        return count("version");
    }

    @Override
    public long awaitChange(long since) throws InterruptedException {
        return stored(ask(new AwaitMap(Agent.checkedVersion(since)), Sent.FOR_EVER));
    }

    @Override
    public OptionalLong awaitChange(long since, Duration timeout) throws InterruptedException {
        var reply = ask(new AwaitMap(Agent.checkedVersion(since)), nanos(timeout));
        return reply instanceof procession.core.Reply.TimedOut ? OptionalLong.empty() : OptionalLong.of(stored(reply));
    }

    @Override
    public Waitable changeSince(long since) {
        return new Watched(this, new AwaitMap(Agent.checkedVersion(since)), "A change");
    }

    // Without blocking.

    @Override
    public CompletableFuture<Optional<Versioned<V>>> readAsync(K key) {
        return readValueAsync(encoded(key));
    }

    @Override
    public CompletableFuture<Optional<V>> putAsync(K key, V value) {
        return writeAsync(encoded(key), present(value), WriteValue.ANY, true, reply -> value(versioned(reply)));
    }

    @Override
    public CompletableFuture<Optional<V>> putIfAbsentAsync(K key, V value) {
        return writeAsync(encoded(key), present(value), ABSENT, false, this::existing);
    }

    @Override
    public CompletableFuture<Optional<V>> removeAsync(K key) {
        return askAsync(removal(key, WriteValue.ANY, true), Sent.FOR_EVER, reply -> value(versioned(reply)));
    }

    @Override
    public CompletableFuture<Boolean> compareAndSetAsync(K key, Versioned<V> seen, V next) {
        return writeAsync(encoded(key), present(next), seen.version(), false, this::isStored);
    }

    @Override
    public CompletableFuture<V> updateAsync(K key, Function<? super Optional<V>, ? extends V> f) {
        return updatedAsync(encoded(key), seen -> made(f, seen));
    }

    @Override
    public CompletableFuture<Long> awaitChangeAsync(long since) {
        return askAsync(new AwaitMap(Agent.checkedVersion(since)), Sent.FOR_EVER, this::stored);
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().map(this);
    }
}
