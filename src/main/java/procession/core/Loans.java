package procession.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The locks that are lent to a process: it grants them to itself, which costs no message, until they are called in. What the keeper knows
 * of them stays true: it is told when a lock that it granted is released (but kept), when one is held for long, and, as soon as somebody else
 * asks, whether it is held. Whatever else a process asks of a lock, it first gives the loan up.
 *
 * <p>Mutable and not thread-safe, one user; deterministic: time is passed in.
 */
public final class Loans {

    /** A request about a lock that is lent, for the keeper. */
    public record Message(PrimitiveId lock, long strand, Command command) {}

    private static final class Loan {
        final PrimitiveId lock;
        final long until;
        long strand;
        long fence;
        int depth = 1;
        long since;
        /** How often over it is held as far as the keeper knows; 0 if it knows of no hold. */
        int told = 1;
        /** Whether it is among those that are looked at next time. */
        boolean isFresh;

        Loan(PrimitiveId lock, long strand, Reply.Granted with, long now) {
            this.lock = lock;
            this.until = with.lentUntil();
            this.strand = strand;
            this.fence = with.fence();
            this.since = now;
        }

        boolean isHeld() {
            return depth > 0;
        }

        /** The answer to being called in. */
        Message end() {
            return new Message(lock, isHeld() ? strand : 0,
                    isHeld() ? new Command.ClaimLock(fence, depth, since, false) : new Command.ReturnLoan(fence));
        }
    }

    /** What becomes of a release. */
    public enum Release {
        /** The lock is not lent, or not held under that fence: the keeper is to be asked. */
        ASK,
        /** It is done. */
        DONE,
        /** It is done, and the keeper is to be told by {@link Command.KeepLock}. */
        TELL
    }

    /** More than so many are not kept: the oldest that is not held goes back. */
    static final int MOST = 4096;

    private final Map<PrimitiveId, Loan> loans = new LinkedHashMap<>();
    private final ArrayDeque<Loan> fresh = new ArrayDeque<>();
    private final List<Message> messages = new ArrayList<>(1);

    /**
     * Whether nothing is lent.
     *
     * @return whether it is so
     */
    public boolean isEmpty() {
        return loans.isEmpty();
    }

    /**
     * A lock was granted and lent; if that is one too many, the oldest is given up.
     *
     * @param lock which
     * @param strand to which thread
     * @param with the grant
     * @param now the time in nanoseconds
     */
    public void lent(PrimitiveId lock, long strand, Reply.Granted with, long now) {
        loans.put(lock, new Loan(lock, strand, with, now));
        var oldest = loans.values().iterator().next();
        if (loans.size() > MOST && !oldest.isHeld()) {
            end(oldest.lock);
        }
    }

    /**
     * Grants a lock here, if it is lent and not held, or held by the same thread and re-entrant.
     *
     * @param lock which
     * @param strand to which thread
     * @param reentrant whether the lock is
     * @param now the time in nanoseconds
     * @return the grant; null if the keeper is to be asked
     */
    public Reply.Granted acquire(PrimitiveId lock, long strand, boolean reentrant, long now) {
        var loan = loans.get(lock);
        if (loan == null) {
            return null;
        }
        if (!loan.isHeld()) {
            if (loan.fence + 1 >= loan.until) {
                return null;
            }
            loan.fence++;
            loan.strand = strand;
            loan.depth = 1;
            loan.since = now;
            loan.told = 0;
            isFresh(loan);
        } else if (reentrant && loan.strand == strand && loan.depth < Integer.MAX_VALUE) {
            loan.depth++;
            tellDepth(loan);
        } else {
            return null;
        }
        return new Reply.Granted(loan.fence, 1, Optional.empty());
    }

    /** What the keeper knows of a hold stays true. */
    private void tellDepth(Loan loan) {
        if (loan.told != 0) {
            tell(loan);
        }
    }

    private void tell(Loan loan) {
        loan.told = loan.depth;
        messages.add(new Message(loan.lock, loan.strand, new Command.ClaimLock(loan.fence, loan.depth, loan.since, true)));
    }

    /**
     * What the keeper is to be told since the last call.
     *
     * @return the messages, in their order
     */
    public List<Message> takeMessages() {
        if (messages.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(messages);
        messages.clear();
        return taken;
    }

    private void isFresh(Loan loan) {
        if (!loan.isFresh) {
            loan.isFresh = true;
            fresh.add(loan);
        }
    }

    /**
     * A level of a hold is given back.
     *
     * @param lock of which lock
     * @param fence the hold's fence
     * @return whether that is done here, and what the keeper is to be told
     */
    public Release release(PrimitiveId lock, long fence) {
        var loan = loans.get(lock);
        if (loan == null || loan.fence != fence || !loan.isHeld()) {
            return Release.ASK;
        }
        loan.depth--;
        if (loan.isHeld()) {
            tellDepth(loan);
        }
        return loan.isHeld() || loan.told == 0 ? Release.DONE : Release.TELL;
    }

    /**
     * Gives a loan up, if there is one: somebody else wants the lock.
     *
     * @param lock which
     */
    public void end(PrimitiveId lock) {
        var loan = loans.remove(lock);
        if (loan != null) {
            messages.add(loan.end());
        }
    }

    /** Gives all loans up. */
    public void endAll() {
        loans.values().forEach(loan -> messages.add(loan.end()));
        loans.clear();
    }

    /**
     * Gives up what a request is about that only the keeper can do; before a process reports its end or leaves, everything.
     *
     * @param request which will be sent after what the keeper is to be told
     */
    public void endBefore(Request request) {
        switch (request) {
            case Request.Operate(var target, Command.KeepLock keep) -> { }
            case Request.Operate(var target, var command) -> end(target);
            case Request.Inspect inspect -> end(inspect.target());
            case Request.Drop drop -> end(drop.resource().primitive());
            case Request.Report report -> endAll();
            case Request.Leave leave -> endAll();
            default -> { }
        }
    }

    /**
     * Time has passed: the keeper is to know of the holds that have lasted.
     *
     * @param before they have lasted since then or longer, in nanoseconds
     */
    public void lasting(long before) {
        for (int left = fresh.size(); left > 0; left--) {
            var loan = fresh.poll();
            boolean isUntold = loans.get(loan.lock) == loan && loan.isHeld() && loan.told == 0;
            loan.isFresh = isUntold && loan.since - before > 0;
            if (loan.isFresh) {
                fresh.add(loan);
            } else if (isUntold) {
                tell(loan);
            }
        }
    }

    /**
     * Whether there may be a hold that the keeper does not know of.
     *
     * @return whether there may be
     */
    public boolean mayBeUntold() {
        return !fresh.isEmpty();
    }
}
