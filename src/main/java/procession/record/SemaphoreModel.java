package procession.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import procession.core.Carried;
import procession.core.Happening;

/** A semaphore, played again in the simplest way. After a contradiction it knows nothing any more, and says nothing more. */
final class SemaphoreModel {

    private record Debt(long owner, int units, Entry granted) {}

    private record Waiter(int units, Entry asked) {}

    private final Primitive semaphore;
    private final Evidence evidence;
    private final Finding finding;
    private final TreeMap<Long, Debt> debts = new TreeMap<>();
    private final Map<Call.Key, Waiter> line = new LinkedHashMap<>();
    private long value;
    private long owed;
    private Entry lastChange;
    private boolean lost;

    SemaphoreModel(Primitive semaphore, Evidence evidence, Finding finding) {
        this.semaphore = semaphore;
        this.evidence = evidence;
        this.finding = finding;
        this.value = semaphore.size();
    }

    private void contradicts(String how, Entry... lines) {
        lost = true;
        finding.broken(how, lines);
    }

    void happened(Happening happening, Entry entry) {
        if (lost) {
            return;
        }
        var key = Call.Key.of(happening);
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("AcquirePermits")) {
                    line.put(key, new Waiter(happening.units(), entry));
                }
            }
            case GRANTED -> granted(key, happening, entry);
            case RELEASED -> released(happening, entry);
            case TIMED_OUT -> timedOut(key, entry);
            case REFUSED -> {
                if (line.remove(key) == null) {
                    refused(evidence.of(happening), happening, entry);
                }
            }
            default -> { }
        }
    }

    private void granted(Call.Key key, Happening granted, Entry entry) {
        var waiter = line.get(key);
        var who = evidence.name(granted.owner());
        if (waiter == null || waiter.units() != granted.units()) {
            contradicts(semaphore.title() + " granted " + permits(granted.units()) + " to " + who + ", which had not asked for that.",
                    waiter == null ? null : waiter.asked(), entry);
            return;
        }
        var first = line.entrySet().iterator().next();
        if (!first.getKey().equals(key)) {
            contradicts(semaphore.title() + " granted permits to " + who + " before " + evidence.name(first.getKey().owner())
                    + ", which had asked earlier.", first.getValue().asked(), waiter.asked(), entry);
            return;
        }
        if (granted.units() > value) {
            contradicts(semaphore.title() + " granted " + permits(granted.units()) + " to " + who + ", but it had " + value + ".",
                    debts.isEmpty() ? null : debts.lastEntry().getValue().granted(), lastChange, entry);
            return;
        }
        line.remove(key);
        value -= granted.units();
        int owes = granted.detail().equals(Carried.UNOWNED) ? 0 : (int) Math.min(granted.units(), semaphore.size() - owed);
        if (owes > 0) {
            debts.put(granted.number(), new Debt(granted.owner(), owes, entry));
            owed += owes;
        }
        lastChange = entry;
    }

    private static String permits(int units) {
        return units == 1 ? "1 permit" : units + " permits";
    }

    private void released(Happening released, Entry entry) {
        if (!fits(released.units(), isOwed(released.detail()))) {
            contradicts(semaphore.title() + " took " + permits(released.units()) + " more than its bound from "
                    + evidence.name(released.owner()) + ": it had " + value + ", and was owed " + owed + ".", lastChange, entry);
            return;
        }
        if (isOwed(released.detail())) {
            pay(released.owner(), released.number(), released.units());
        }
        value += released.units();
        lastChange = entry;
    }

    private static boolean isOwed(String detail) {
        return !detail.equals(Carried.UNOWNED);
    }

    /** Whether a release stays within the bound, as it pays what is owed first. */
    private boolean fits(int units, boolean pays) {
        long most = semaphore.isBounded() ? semaphore.size() : Integer.MAX_VALUE;
        long paid = pays ? Math.min(units, owed) : 0;
        return value + owed - paid + units <= most;
    }

    /** The named debt first, then the releaser's oldest, then the oldest of all, which is written off with that. */
    private void pay(long owner, long fence, int units) {
        int left = units;
        while (left > 0 && !debts.isEmpty()) {
            long next = toPay(owner, fence);
            var debt = debts.get(next);
            int paid = Math.min(left, debt.units());
            if (paid == debt.units()) {
                debts.remove(next);
            } else {
                debts.put(next, new Debt(debt.owner(), debt.units() - paid, debt.granted()));
            }
            owed -= paid;
            left -= paid;
        }
    }

    private long toPay(long owner, long fence) {
        if (debts.containsKey(fence) && debts.get(fence).owner() == owner) {
            return fence;
        }
        return debts.entrySet().stream().filter(debt -> debt.getValue().owner() == owner).map(Map.Entry::getKey).findFirst()
                .orElse(debts.firstKey());
    }

    private void refused(Call call, Happening refused, Entry entry) {
        if (!refused.detail().startsWith("too-many") || call.asked == null || !call.command().equals("ReleasePermits")) {
            return;
        }
        var asked = call.asked.happening();
        if (isOwedFor(call).filter(pays -> fits(asked.units(), pays)).isPresent()) {
            contradicts(semaphore.title() + " refused " + permits(asked.units()) + " of " + evidence.name(asked.owner())
                    + ", for which there was room: it had " + value + ", and was owed " + owed + ".", lastChange, call.asked, entry);
        }
    }

    /** Only the process itself tells whether a release that was refused was to pay something back. */
    private static Optional<Boolean> isOwedFor(Call release) {
        return Optional.ofNullable(release.invoked).map(invoked -> isOwed(invoked.invoked().detail()));
    }

    private void timedOut(Call.Key key, Entry entry) {
        var waiter = line.get(key);
        boolean first = waiter != null && line.keySet().iterator().next().equals(key);
        if (first && waiter.units() <= value) {
            contradicts(semaphore.title() + " let " + evidence.name(key.owner()) + " wait for " + permits(waiter.units())
                    + " until its time was over, and had " + value + ".", lastChange, waiter.asked(), entry);
            return;
        }
        line.remove(key);
    }

    void departed(long owner, Entry ended) {
        line.keySet().removeIf(key -> key.owner() == owner);
        debts.values().stream().filter(debt -> debt.owner() == owner).mapToInt(Debt::units).forEach(units -> {
            value += units;
            owed -= units;
            lastChange = ended;
        });
        debts.values().removeIf(debt -> debt.owner() == owner);
    }

    void stepEnded() {
        if (lost || line.isEmpty()) {
            return;
        }
        var first = line.entrySet().iterator().next();
        if (first.getValue().units() <= value) {
            contradicts(semaphore.title() + " had " + value + ", but " + evidence.name(first.getKey().owner()) + ", first in line, was not"
                    + " granted " + permits(first.getValue().units()) + ".", lastChange, first.getValue().asked());
        }
    }
}
