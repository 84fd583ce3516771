package procession.view;

import java.util.Map;
import java.util.TreeMap;
import procession.core.Happening;

/**
 * The permits that are there, and those that somebody owes, by the rules of the semaphore: the initial count is the most that can be owed;
 * a release pays the grant that it names, else the oldest of its process, else the oldest of all; a death pays all.
 */
final class SemaphoreTrack extends Track {

    private static final String UNOWNED = "unowned";

    private static final class Debt {
        final long owner;
        final Canvas.OpenBar bar;
        int units;

        Debt(long owner, int units, Canvas.OpenBar bar) {
            this.owner = owner;
            this.units = units;
            this.bar = bar;
        }
    }

    private final long initial;
    private final TreeMap<Long, Debt> debts = new TreeMap<>();
    private boolean known;
    private long value;
    private long owed;

    /** With its initial count; below zero if that is not known. */
    SemaphoreTrack(Canvas canvas, Tally tally, long initial) {
        super(canvas, tally);
        this.initial = initial;
        this.known = initial >= 0;
        this.value = initial;
        level();
    }

    private void level() {
        if (known) {
            canvas.level(tally, "permits", value);
        }
    }

    @Override
    void happened(Moment moment) {
        switch (moment.what().kind()) {
            case GRANTED -> granted(moment);
            case RELEASED -> released(moment.what());
            default -> { }
        }
    }

    private void granted(Moment moment) {
        var what = moment.what();
        handedOver(moment);
        value -= what.units();
        level();
        long most = initial < 0 ? Long.MAX_VALUE : Math.max(0, initial - owed);
        int owes = what.detail().equals(UNOWNED) ? 0 : (int) Math.min(what.units(), most);
        if (owes > 0) {
            owed += owes;
            debts.put(what.number(), new Debt(what.owner(), owes, canvas.holds(tally, held(moment, owes, ""))));
        }
    }

    private void released(Happening released) {
        int left = released.detail().equals(UNOWNED) ? 0 : released.units();
        while (left > 0 && !debts.isEmpty()) {
            var debt = toPay(released);
            int paid = Math.min(left, debt.getValue().units);
            pay(debt, paid, debt.getValue().owner == released.owner() ? "released" : "written off");
            left -= paid;
        }
        value += released.units();
        level();
    }

    private Map.Entry<Long, Debt> toPay(Happening released) {
        var named = debts.get(released.number());
        if (named != null && named.owner == released.owner()) {
            return Map.entry(released.number(), named);
        }
        return debts.entrySet().stream().filter(debt -> debt.getValue().owner == released.owner()).findFirst().orElse(debts.firstEntry());
    }

    private void pay(Map.Entry<Long, Debt> entry, int units, String how) {
        var debt = entry.getValue();
        debt.units -= units;
        owed -= units;
        if (debt.units == 0) {
            debts.remove(entry.getKey());
            canvas.end(debt.bar, how);
        } else {
            canvas.units(debt.bar, debt.units);
        }
    }

    @Override
    void departed(long owner) {
        var its = debts.entrySet().stream().filter(debt -> debt.getValue().owner == owner)
                .map(debt -> Map.entry(debt.getKey(), debt.getValue())).toList();
        for (var debt : its) {
            value += debt.getValue().units;
            pay(debt, debt.getValue().units, "process ended");
        }
        if (!its.isEmpty()) {
            level();
        }
    }

    @Override
    void allEnd(String how) {
        debts.values().forEach(debt -> canvas.end(debt.bar, how));
        debts.clear();
    }

    @Override
    void forget() {
        super.forget();
        owed = 0;
        known = false;
    }
}
