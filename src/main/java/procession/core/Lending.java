package procession.core;

import java.util.Optional;

/**
 * Whether and to whom a lock is lent: a loan lets a process grant the lock to itself, under fences that were set aside for it, as long as
 * nobody else asks. It begins with a grant, while nobody is in line. When somebody asks it is called in, and the borrower answers at once:
 * it gives the loan back or, if it holds the lock, claims it, and then that is a hold like any other.
 *
 * <p>A loan that was called in before its borrower had used it has only made someone wait. After one of those, a lock is lent only to a
 * process that has had it twice in a row. (The same thought as biased locking: Kawachiya, Koseki and Onodera, <i>Lock Reservation</i>, 2002;
 * and as delegations in NFSv4, RFC 7530.)
 *
 * @param on whether this lock is ever lent
 * @param wary whether the last loan was useless
 * @param last who had the last grant; null for nobody
 * @param loan the loan that is out
 */
record Lending(boolean on, boolean wary, Owner last, Optional<Loan> loan) {

    /**
     * A loan.
     *
     * @param borrower whose
     * @param first the fence of the grant with which it began; those above are set aside
     * @param until the first fence that is not
     * @param calledIn whether it has been called in, and no answer has come
     * @param since since when, in nanoseconds
     */
    record Loan(Owner borrower, long first, long until, boolean calledIn, long since) {

        boolean covers(long fence) {
            return first <= fence && fence < until;
        }

        /** How the loan appears among holds: as one of nothing. */
        View.Hold shown() {
            return new View.Hold(borrower, 0, first, 0, since);
        }
    }

    /** So many fences are set aside for a loan: then its borrower asks again. */
    static final int FENCES = 1 << 16;

    static final Lending NEVER = new Lending(false, false, null, Optional.empty());
    static final Lending WILLING = new Lending(true, false, null, Optional.empty());

    /** Whether a grant to somebody may begin a loan; a call that no thread waits for has nobody who would use it. */
    boolean mayLendTo(Ticket ticket) {
        return on && ticket.strand() != 0 && (!wary || ticket.owner().equals(last));
    }

    Lending granted(Owner to, Optional<Loan> lent) {
        return on ? new Lending(true, wary, to, lent) : this;
    }

    boolean isLent() {
        return loan.isPresent();
    }

    boolean isLentTo(Owner owner) {
        return loan.isPresent() && loan.get().borrower().equals(owner);
    }

    Lending calledIn() {
        var lent = loan.orElseThrow();
        return new Lending(on, wary, last, Optional.of(new Loan(lent.borrower(), lent.first(), lent.until(), true, lent.since())));
    }

    /** The loan has ended; the borrower's last fence tells whether it was of use. */
    Lending ended(long lastFence) {
        return loan.map(lent -> new Lending(on, lastFence == lent.first(), last, Optional.empty())).orElse(this);
    }

    Lending withoutLoan() {
        return loan.isPresent() ? new Lending(on, wary, last, Optional.empty()) : this;
    }
}
