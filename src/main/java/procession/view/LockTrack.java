package procession.view;

import procession.core.Happening;
import procession.record.OwnCall;

/**
 * Who holds a lock, and to whom it is lent. Where borrowers tell of their own grants, that is known sooner from them than from the keeper,
 * and some of it from both: a hold is one, whoever tells of it first, and ends when the first tells that.
 */
final class LockTrack extends Track {

    /** The hold that is out. */
    private static final class Hold {
        final long fence;
        final Canvas.OpenBar bar;
        int depth;

        Hold(long fence, int depth, Canvas.OpenBar bar) {
            this.fence = fence;
            this.depth = depth;
            this.bar = bar;
        }
    }

    /** The loan that is out. */
    private static final class Loan {
        final long owner;
        final long first;
        /** Of the last hold that the keeper has told of. */
        long toldFence;
        /** Of the last hold that the borrower has told of, or with which the loan began; and how deep it is by its word. */
        long ownFence;
        int ownDepth = 1;
        /** There is one while nobody is known to hold the lock, and during holds of which only the borrower tells. */
        Canvas.OpenBar bar;
        /** Holds that the borrower has told of since the bar began. */
        long own;

        Loan(long owner, long fence) {
            this.owner = owner;
            this.first = fence;
            this.toldFence = fence;
            this.ownFence = fence;
        }
    }

    private final boolean borrowersTell;
    private Hold hold;
    private Loan loan;

    LockTrack(Canvas canvas, Tally tally, boolean borrowersTell) {
        super(canvas, tally);
        this.borrowersTell = borrowersTell;
    }

    @Override
    void happened(Moment moment) {
        var what = moment.what();
        switch (what.kind()) {
            case LENT -> {
                loanEnds("unknown", 0);
                loan = new Loan(what.owner(), what.number());
            }
            case GRANTED -> granted(moment);
            case RELEASED -> released(what);
            case RETURNED -> levelEnds(what.number(), "unused");
            case CLAIMED -> claimed(what);
            case HANDED_BACK -> {
                holdEnds("released");
                loanEnds("handed back", loan == null ? 0 : what.number() - loan.toldFence);
            }
            case BROKEN -> {
                holdEnds("broken");
                loanEnds("broken", 0);
            }
            default -> { }
        }
    }

    private boolean isHeldUnder(long fence) {
        return hold != null && hold.fence == fence;
    }

    private void granted(Moment moment) {
        var what = moment.what();
        if (isHeldUnder(what.number())) {
            isDeep(hold.depth + 1);
            return;
        }
        handedOver(moment);
        holdEnds("unknown");
        int depth = Math.max(1, what.units());
        hold = new Hold(what.number(), depth, canvas.holds(tally, held(moment, depth, "")));
    }

    private void isDeep(int depth) {
        hold.depth = depth;
        canvas.units(hold.bar, depth);
    }

    /** With units as a whole: kept as a loan or, with a condition, to wait for that. */
    private void released(Happening released) {
        boolean whole = released.units() > 0;
        if (whole && isHeldUnder(released.number())) {
            holdEnds(released.detail().isEmpty() ? "released" : "slept");
        } else if (!whole) {
            levelEnds(released.number(), "released");
        }
        if (whole && released.detail().isEmpty()) {
            borrows();
        } else if (hold == null && loan != null && loan.first <= released.number()) {
            loanEnds("unknown", 0); // The loan that comes with the next grant may have been told of before.
        }
    }

    private void levelEnds(long fence, String how) {
        if (isHeldUnder(fence)) {
            if (hold.depth > 1) {
                isDeep(hold.depth - 1);
            } else {
                holdEnds(how);
            }
        }
    }

    private void holdEnds(String how) {
        if (hold != null) {
            canvas.end(hold.bar, how);
            hold = null;
        }
    }

    // The loan, as the keeper tells it.

    private void borrows() {
        if (loan != null && loan.bar == null && hold == null) {
            loan.bar = canvas.borrows(tally, loan.owner, loan.toldFence);
            loan.own = 0;
        }
    }

    private void barEnds(String how, long holds) {
        if (loan != null && loan.bar != null) {
            if (!borrowersTell) {
                tally.grants += holds;
            }
            canvas.end(loan.bar, how, Math.max(0, borrowersTell ? loan.own : holds));
            loan.bar = null;
        }
    }

    private void loanEnds(String how, long holds) {
        barEnds(how, holds);
        loan = null;
    }

    private void claimed(Happening claimed) {
        long fence = claimed.number();
        boolean goesOn = !claimed.detail().isEmpty();
        if (loan == null) {
            loan = new Loan(claimed.owner(), fence - 1);
        }
        if (isHeldUnder(fence)) {
            // A borrower that tells of its own grants has told more recently how deep it is, as long as they are its own.
            if (!borrowersTell || !goesOn) {
                isDeep(claimed.units());
            }
            barEnds("claimed", fence - loan.toldFence - 1);
        } else if (!borrowersTell || loan.ownFence < fence) {
            holdEnds("unknown");
            if (!borrowersTell) {
                tally.grants++;
            }
            barEnds("claimed", fence - loan.toldFence - 1);
            hold = new Hold(fence, claimed.units(), canvas.holds(tally, new Canvas.Held(claimed.owner(), "", fence, claimed.units(), "",
                    claimed.strand(), 0, "")));
        }
        loan.toldFence = fence;
        if (!goesOn) {
            loanEnds("claimed", 0);
        }
    }

    // The loan, as the borrower tells it.

    void own(OwnCall call) {
        switch (call) {
            case OwnCall.Granted granted -> own(granted);
            case OwnCall.Released released -> own(released);
        }
    }

    private void own(OwnCall.Granted granted) {
        tally.grants++;
        if (loan == null || loan.owner != granted.owner()) {
            return; // A line that comes late: the keeper has told how it ended.
        }
        if (granted.fence() == loan.ownFence) {
            loan.ownDepth++;
            if (isHeldUnder(granted.fence())) {
                isDeep(loan.ownDepth);
            }
        } else if (granted.fence() > loan.ownFence) {
            loan.ownFence = granted.fence();
            loan.ownDepth = 1;
            loan.own++;
            if (!isHeldUnder(granted.fence())) {
                holdEnds("released");
                hold = new Hold(granted.fence(), 1, canvas.holds(tally,
                        new Canvas.Held(granted.owner(), "", granted.fence(), 1, "", granted.strand(), 0, "")));
            }
        }
    }

    private void own(OwnCall.Released released) {
        if (loan == null || loan.owner != released.owner() || !isHeldUnder(released.fence())) {
            return;
        }
        if (released.fence() == loan.ownFence) {
            loan.ownDepth--;
        }
        if (released.whole() || hold.depth == 1) {
            holdEnds("released");
            borrows();
        } else {
            isDeep(hold.depth - 1);
        }
    }

    // The ends of everything.

    @Override
    void departed(long owner) {
        if (hold != null && hold.bar.lane == owner) {
            holdEnds("process ended");
        }
        if (loan != null && loan.owner == owner) {
            loanEnds("process ended", 0);
        }
    }

    @Override
    void allEnd(String how) {
        holdEnds(how);
        loanEnds(how, 0);
    }
}
