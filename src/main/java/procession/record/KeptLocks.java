package procession.record;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/** Who holds which lock, and to whom it is lent, as the keeper's happenings tell it one after another. */
final class KeptLocks {

    /**
     * A hold that is out.
     *
     * @param owner whose
     * @param strand of which of its threads
     * @param fence under which fence
     * @param depth how often over
     * @param granted the line that says so
     */
    record Hold(long owner, long strand, long fence, int depth, Entry granted) {}

    /**
     * A loan that is out.
     *
     * @param owner whose
     * @param first the first of the fences under which the borrower may grant the lock to itself
     * @param until the first fence above them
     * @param lent the line that says so
     */
    record Loan(long owner, long first, long until, Entry lent) {
        boolean covers(long fence) {
            return first <= fence && fence < until;
        }
    }

    private final Evidence evidence;
    private final Map<PrimitiveId, Loan> loans = new HashMap<>();
    private final Map<PrimitiveId, Hold> holds = new HashMap<>();

    KeptLocks(Evidence evidence) {
        this.evidence = evidence;
    }

    Optional<Hold> of(PrimitiveId lock) {
        return Optional.ofNullable(holds.get(lock));
    }

    /** Whether this grant is one level more of a hold that is out. */
    boolean isReentry(Happening granted) {
        var id = granted.primitive().orElseThrow();
        var hold = holds.get(id);
        return hold != null && evidence.primitive(id).isReentrant() && hold.owner() == granted.owner()
                && hold.strand() == granted.strand() && granted.strand() != 0 && hold.fence() == granted.number();
    }

    void granted(Happening granted, Entry entry) {
        var id = granted.primitive().orElseThrow();
        boolean again = isReentry(granted);
        holds.put(id, new Hold(granted.owner(), granted.strand(), granted.number(), again ? holds.get(id).depth() + 1 : granted.units(),
                again ? holds.get(id).granted() : entry));
    }

    Optional<Loan> loan(PrimitiveId lock) {
        return Optional.ofNullable(loans.get(lock));
    }

    /** The grant that follows lends the lock, too. */
    void lent(Happening lent, Entry entry) {
        loans.put(lent.primitive().orElseThrow(), new Loan(lent.owner(), lent.number(), lent.number() + lent.units(), entry));
    }

    /** Whether a loan of this owner's covers a fence that it names. */
    boolean isLentTo(Happening borrower) {
        return loan(borrower.primitive().orElseThrow())
                .filter(loan -> loan.owner() == borrower.owner() && loan.covers(borrower.number())).isPresent();
    }

    /** The borrower holds the lock; without a detail, its loan is over. */
    void claimed(Happening claimed, Entry entry) {
        var id = claimed.primitive().orElseThrow();
        holds.put(id, new Hold(claimed.owner(), claimed.strand(), claimed.number(), claimed.units(), entry));
        if (claimed.detail().isEmpty()) {
            loans.remove(id);
        }
    }

    void handedBack(Happening back) {
        loans.remove(back.primitive().orElseThrow());
    }

    /** A lock that is kept as a loan is given up as a whole. */
    private boolean isKept(Happening released) {
        return evidence.of(released).command().equals("KeepLock");
    }

    /** Something was given back; the hold that has ended with that, if one has. */
    Optional<Hold> gaveBack(Happening happening) {
        var id = happening.primitive().orElseThrow();
        var hold = holds.get(id);
        boolean isKept = happening.kind() == Happening.Kind.RELEASED && isKept(happening);
        if (happening.kind() == Happening.Kind.BROKEN) {
            loanEnds(id, happening.number());
        }
        if (hold == null || hold.fence() != happening.number()) {
            return Optional.empty();
        }
        if (hold.depth() > 1 && !isKept && !evidence.isFallingAsleep(happening) && happening.kind() != Happening.Kind.BROKEN) {
            holds.put(id, new Hold(hold.owner(), hold.strand(), hold.fence(), hold.depth() - 1, hold.granted()));
            return Optional.empty();
        }
        if (!isKept) {
            loanEnds(id, happening.number());
        }
        return Optional.of(holds.remove(id));
    }

    /** With a hold under this fence; a loan that comes with the next grant may have been told of before. */
    private void loanEnds(PrimitiveId id, long fence) {
        loans.computeIfPresent(id, (lock, loan) -> loan.covers(fence) ? null : loan);
    }

    /** A process has ended; the locks that it held or had on loan. */
    Set<PrimitiveId> ended(long owner) {
        var held = new LinkedHashSet<PrimitiveId>();
        loans.forEach((id, loan) -> {
            if (loan.owner() == owner) {
                held.add(id);
            }
        });
        held.forEach(loans::remove);
        holds.forEach((id, hold) -> {
            if (hold.owner() == owner) {
                held.add(id);
            }
        });
        held.forEach(holds::remove);
        return held;
    }

    void over(PrimitiveId lock) {
        holds.remove(lock);
        loans.remove(lock);
    }
}
