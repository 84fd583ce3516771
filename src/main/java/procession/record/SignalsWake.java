package procession.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * Conditions of locks, by the keeper's order: who is woken by a signal waits for that condition; a signal wakes no more than it says; who
 * is told that a signal woke it was woken by one, and who is told that its time was over was not; and a signal leaves nobody asleep whom it
 * should have woken: those who came first come first.
 *
 * <p>Whoever was woken, and ends before it has the lock, has its signal passed on to the next.
 *
 * <p>When the time of one who sleeps is over the keeper says nothing until it has the lock again. So only of one that is signalled later
 * is it certain that an earlier signal could have woken it.
 */
final class SignalsWake extends Law {

    /** Somebody who waits for a signal. */
    private static final class Sleeper {
        final String condition;
        final Entry asleep;
        Entry passedOver;

        Sleeper(String condition, Entry asleep) {
            this.condition = condition;
            this.asleep = asleep;
        }
    }

    /** The conditions of one lock. */
    private static final class Conditions {
        final Map<Call.Key, Sleeper> sleepers = new LinkedHashMap<>();
        final Map<Call.Key, Entry> woken = new HashMap<>();
    }

    /** A signal that is being carried out. */
    private static final class Signal {
        final PrimitiveId lock;
        final Entry asked;
        final String condition;
        final List<Entry> woke = new ArrayList<>();

        Signal(PrimitiveId lock, Entry asked, String condition) {
            this.lock = lock;
            this.asked = asked;
            this.condition = condition;
        }
    }

    /** A signal of one that has ended, and its end. */
    private record Inherited(PrimitiveId lock, String condition, Entry end) {}

    private final Map<PrimitiveId, Conditions> locks = new HashMap<>();
    private final List<Inherited> inherited = new ArrayList<>();
    private Signal signal;

    SignalsWake(Evidence evidence) {
        super("signals wake", "A signal wakes as many as it says who wait for its condition, first come, first served.", evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() != Happening.Kind.SIGNALLED) {
            signalEnds(happening);
        }
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            locks.forEach((id, lock) -> ended(id, lock, happening.owner(), entry));
        }
        happening.primitive().filter(id -> evidence.primitive(id).is(Primitive.Kind.LOCK)).ifPresent(id -> ofLock(id, happening, entry));
    }

    private void ofLock(PrimitiveId id, Happening happening, Entry entry) {
        var lock = locks.computeIfAbsent(id, known -> new Conditions());
        var key = Call.Key.of(happening);
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("Signal")) {
                    signal = new Signal(id, entry, evidence.of(key).manner());
                }
            }
            case RELEASED -> {
                if (evidence.isFallingAsleep(happening)) {
                    lock.sleepers.put(key, new Sleeper(happening.detail(), entry));
                }
            }
            case SIGNALLED -> signalled(id, lock, key, entry);
            case GRANTED -> granted(id, lock, key, happening.detail(), entry);
            case TIMED_OUT, REFUSED -> {
                lock.sleepers.remove(key);
                lock.woken.remove(key);
            }
            case OVER -> locks.remove(id);
            default -> { }
        }
    }

    private void ended(PrimitiveId id, Conditions lock, long owner, Entry end) {
        lock.sleepers.keySet().removeIf(key -> key.owner() == owner);
        lock.woken.forEach((key, woken) -> {
            if (key.owner() == owner) {
                inherited.add(new Inherited(id, woken.happening().detail(), end));
            }
        });
        lock.woken.keySet().removeIf(key -> key.owner() == owner);
    }

    @Override
    void stepEnded() {
        inherited.stream().filter(lost -> locks.containsKey(lost.lock())).forEach(lost -> locks.get(lost.lock()).sleepers.values().stream()
                .filter(sleeper -> sleeper.condition.equals(lost.condition())).forEach(sleeper -> sleeper.passedOver = lost.end()));
        inherited.clear();
    }

    private Inherited heir(PrimitiveId id, String condition) {
        var lost = inherited.stream().filter(one -> one.lock().equals(id) && one.condition().equals(condition)).findFirst().orElse(null);
        inherited.remove(lost);
        return lost;
    }

    private void signalled(PrimitiveId id, Conditions lock, Call.Key key, Entry entry) {
        var label = evidence.primitive(id).title();
        var condition = entry.happening().detail();
        var sleeper = lock.sleepers.get(key);
        var heir = heir(id, condition);
        if (heir == null && (signal == null || !signal.lock.equals(id))) {
            broken(label + ": " + name(key.owner()) + " was woken, but nobody signalled.", entry);
        } else if (heir == null && signal.woke.size() >= signal.asked.happening().units()) {
            broken(label + ": a signal for " + signal.asked.happening().units() + " woke one more, " + name(key.owner()) + ".",
                    signal.asked, entry);
        } else if (sleeper == null || !sleeper.condition.equals(condition)) {
            broken(label + ": " + name(key.owner()) + " was woken, but did not wait for condition '" + condition + "'.",
                    cause(heir), sleeper == null ? null : sleeper.asleep, entry);
        } else if (sleeper.passedOver != null) {
            broken(label + ": " + name(key.owner()) + " waited for condition '" + condition + "' and was passed over by an earlier signal.",
                    sleeper.asleep, sleeper.passedOver, entry);
        }
        if (sleeper != null && cause(heir) != null) {
            lock.sleepers.entrySet().stream().takeWhile(other -> !other.getKey().equals(key))
                    .filter(other -> other.getValue().condition.equals(condition))
                    .forEach(other -> other.getValue().passedOver = cause(heir));
        }
        lock.sleepers.remove(key);
        lock.woken.put(key, entry);
        if (heir == null && signal != null) {
            signal.woke.add(entry);
        }
    }

    private Entry cause(Inherited heir) {
        return heir != null ? heir.end() : signal == null ? null : signal.asked;
    }

    /** Whatever a signal wakes is told at once. Whom it left asleep though it had some to wake still, it has passed over. */
    private void signalEnds(Happening next) {
        if (signal == null) {
            return;
        }
        boolean refused = next.kind() == Happening.Kind.REFUSED && Call.Key.of(next).equals(Call.Key.of(signal.asked.happening()));
        boolean hasMoreToWake = signal.woke.size() < signal.asked.happening().units();
        if (!refused && hasMoreToWake && locks.containsKey(signal.lock)) {
            locks.get(signal.lock).sleepers.values().stream().filter(sleeper -> sleeper.condition.equals(signal.condition))
                    .forEach(sleeper -> sleeper.passedOver = signal.asked);
        }
        signal = null;
    }

    private void granted(PrimitiveId id, Conditions lock, Call.Key key, String how, Entry entry) {
        var label = evidence.primitive(id).title();
        if (how.equals("signalled") && !lock.woken.containsKey(key)) {
            broken(label + ": " + name(key.owner()) + " was told of a signal, but none had woken it.",
                    lock.sleepers.containsKey(key) ? lock.sleepers.get(key).asleep : null, entry);
        } else if (how.equals("not signalled") && !lock.sleepers.containsKey(key)) {
            broken(label + ": " + name(key.owner()) + " was told that no signal had come, but "
                    + (lock.woken.containsKey(key) ? "one had woken it." : "it had not waited for one."), lock.woken.get(key), entry);
        }
        lock.sleepers.remove(key);
        lock.woken.remove(key);
    }
}
