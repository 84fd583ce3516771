package procession.session;

import java.lang.ref.Reference;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import procession.Versioned;
import procession.core.Carried;
import procession.core.Command.AwaitValue;
import procession.core.Command.ReadValue;
import procession.core.Command.WriteValue;
import procession.core.Payload;
import procession.core.Reply;
import procession.core.Sent;

/**
 * A cell or a map, from here: values of keys, with their versions.
 *
 * @param <V> type of the values
 */
abstract class ValuesHandle<V> extends Handle {

    /** What was written from here, encoded, so that nobody else has it in hands. */
    private record Written(Payload key, Payload value, long version) {}

    private static final int MOST_KEPT = 16 * 1024;

    /** By the last update; null if it carried handles, which would be kept alive by it, or was big. */
    private volatile Written written;

    ValuesHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    // What is read.

    final Reply.Value found(Reply reply) {
        if (reply instanceof Reply.Value value) {
            return value;
        }
        throw unexpected(reply);
    }

    /** A value with its version; empty if the key has none. */
    final Optional<Versioned<V>> versioned(Reply reply) {
        var value = found(reply);
        return value.version() == 0 ? Optional.empty() : Optional.of(new Versioned<>(this.<V>decoded(value.payload()), value.version()));
    }

    @SuppressWarnings("unchecked")
    final <T> T decoded(Payload payload) {
        return (T) home.decode(payload);
    }

    final Optional<Versioned<V>> readValue(Payload key) throws InterruptedException {
        return versioned(ask(new ReadValue(key), Sent.FOR_EVER));
    }

    final CompletableFuture<Optional<Versioned<V>>> readValueAsync(Payload key) {
        return askAsync(new ReadValue(key), Sent.FOR_EVER, this::versioned);
    }

    // What is written.

    /** Writes if the key has this version still; else what there is instead is told. */
    final Reply write(Payload key, V value, long expected, boolean wantsOld) throws InterruptedException {
        var reply = ask(new WriteValue(key, home.encode(value), expected, wantsOld), Sent.FOR_EVER);
        Reference.reachabilityFence(value); // Handles in it must not be let go of before the keeper has counted them.
        return reply;
    }

    final <T> CompletableFuture<T> writeAsync(Payload key, V value, long expected, boolean wantsOld, Function<Reply, T> result) {
        var future = askAsync(new WriteValue(key, home.encode(value), expected, wantsOld), Sent.FOR_EVER, result);
        Reference.reachabilityFence(value);
        return future;
    }

    /** Whether it was written, or something else was there. */
    final boolean isStored(Reply reply) {
        return switch (reply) {
            case Reply.Stored stored -> true;
            case Reply.Value other -> {
                home.letGo(other.payload());
                yield false;
            }
            default -> throw unexpected(reply);
        };
    }

    /**
     * A failed try brings along what the next one starts from. The first starts from what was written last from here, which is the value
     * still unless somebody came between; and then that is found out as always.
     */
    final V updated(Payload key, Function<Optional<Versioned<V>>, ? extends V> f) throws InterruptedException {
        var known = written;
        if (known != null && known.key().equals(key)) {
            V next;
            Payload value;
            try {
                next = f.apply(Optional.of(new Versioned<>(this.<V>decoded(known.value()), known.version())));
                value = home.encode(next);
            } catch (RuntimeException perhapsOfAnOldValue) {
                return updated(key, readValue(key), f);
            }
            var reply = written(key, next, value, known.version());
            return reply instanceof Reply.Stored ? next : updated(key, versioned(reply), f);
        }
        return updated(key, readValue(key), f);
    }

    private V updated(Payload key, Optional<Versioned<V>> first, Function<Optional<Versioned<V>>, ? extends V> f)
            throws InterruptedException {
        var seen = first;
        while (true) {
            V next = f.apply(seen);
            var reply = written(key, next, home.encode(next), version(seen));
            if (reply instanceof Reply.Stored) {
                return next;
            }
            seen = versioned(reply);
        }
    }

    private Reply written(Payload key, V next, Payload value, long expected) throws InterruptedException {
        var reply = ask(new WriteValue(key, value, expected, false), Sent.FOR_EVER);
        Reference.reachabilityFence(next); // Handles in it must not be let go of before the keeper has counted them.
        if (reply instanceof Reply.Stored stored) {
            written = value.carried().isEmpty() && value.size() <= MOST_KEPT ? new Written(key, value, stored.version()) : null;
        }
        return reply;
    }

    final CompletableFuture<V> updatedAsync(Payload key, Function<Optional<Versioned<V>>, ? extends V> f) {
        return readValueAsync(key).thenCompose(seen -> tried(key, seen, f));
    }

    private CompletableFuture<V> tried(Payload key, Optional<Versioned<V>> seen, Function<Optional<Versioned<V>>, ? extends V> f) {
        V next = f.apply(seen);
        // Empty if it was written; else what there was instead, which may be nothing.
        return this.<Optional<Optional<Versioned<V>>>>writeAsync(key, next, version(seen), false,
                        reply -> reply instanceof Reply.Stored ? Optional.empty() : Optional.of(versioned(reply)))
                .thenCompose(other -> other.map(there -> tried(key, there, f)).orElseGet(() -> CompletableFuture.completedFuture(next)));
    }

    final boolean replaced(Payload key, V expected, V next) throws InterruptedException {
        var seen = readValue(key);
        while (seen.isPresent() && Objects.equals(seen.get().value(), expected)) {
            var reply = write(key, next, version(seen), false);
            if (reply instanceof Reply.Stored) {
                return true;
            }
            seen = versioned(reply);
        }
        return false;
    }

    static long version(Optional<? extends Versioned<?>> seen) {
        return seen.map(Versioned::version).orElse(0L);
    }

    // What is waited for.

    /** Waits until the value of a key is as wanted; empty if it was not in time. */
    final Optional<Versioned<V>> awaited(Payload key, Predicate<? super V> condition, long timeout) throws InterruptedException {
        long until = timeout == Sent.FOR_EVER ? Long.MAX_VALUE : System.nanoTime() + timeout;
        var seen = readValue(key);
        while (seen.isEmpty() || !condition.test(seen.get().value())) {
            long left = timeout == Sent.FOR_EVER ? Sent.FOR_EVER : until - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            var reply = ask(new AwaitValue(key, version(seen)), left);
            if (reply instanceof Reply.TimedOut) {
                return Optional.empty();
            }
            seen = versioned(reply);
        }
        return seen;
    }
}
