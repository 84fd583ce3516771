package procession.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A barrier, as plainly as possible: one list of those who have come, and the list of a round whose last one acts. */
final class BarrierModel extends Model {

    private final int parties;
    private final List<Ticket> came = new ArrayList<>();
    private final Set<Ticket> withAction = new HashSet<>();
    private final List<Ticket> round = new ArrayList<>();
    private final Set<Owner> lately = new HashSet<>();
    private Ticket acting;
    private boolean broken;

    BarrierModel(int parties) {
        this.parties = parties;
    }

    @Override
    void on(Ticket ticket, Command command) {
        switch (command) {
            case Command.AwaitBarrier await when broken -> answer(ticket, Refusals.BROKEN_BARRIER);
            case Command.AwaitBarrier await -> {
                came.add(ticket);
                if (await.action()) {
                    withAction.add(ticket);
                }
            }
            case Command.ActionEnded ended -> ended(ticket, ended);
            case Command.AbortBarrier abort -> {
                answer(ticket, "done");
                breakIt();
            }
            case Command.ResetBarrier reset -> {
                answer(ticket, "done");
                breakIt();
                broken = false;
                lately.clear();
            }
            default -> throw new AssertionError(command);
        }
        next();
    }

    private void ended(Ticket ticket, Command.ActionEnded ended) {
        if (acting == null || !acting.owner().equals(ticket.owner()) || acting.id() != ended.request()) {
            answer(ticket, Refusals.BROKEN_BARRIER);
            return;
        }
        answer(ticket, "done");
        acting = null;
        if (ended.error().isPresent()) {
            breakIt();
        } else {
            for (int i = 0; i < round.size(); i++) {
                answer(round.get(i), "passed " + i);
            }
            round.clear();
        }
    }

    private void next() {
        while (acting == null && came.size() >= parties) {
            var group = new ArrayList<>(came.subList(0, parties));
            came.removeAll(group);
            lately.clear();
            group.forEach(ticket -> lately.add(ticket.owner()));
            var last = group.getLast();
            if (withAction.contains(last)) {
                acting = last;
                round.addAll(group.subList(0, parties - 1));
                answer(last, "act " + (parties - 1));
            } else {
                for (int i = 0; i < parties; i++) {
                    answer(group.get(i), "passed " + i);
                }
            }
        }
    }

    private void breakIt() {
        broken = true;
        acting = null;
        came.forEach(ticket -> answer(ticket, Refusals.BROKEN_BARRIER));
        round.forEach(ticket -> answer(ticket, Refusals.BROKEN_BARRIER));
        came.clear();
        round.clear();
    }

    @Override
    void expired(Ticket ticket) {
        if (came.remove(ticket) || round.remove(ticket)) {
            answer(ticket, "timed out");
            breakIt();
        }
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        boolean waited = came.removeIf(ticket -> ticket.owner().equals(owner)) | round.removeIf(ticket -> ticket.owner().equals(owner));
        boolean acted = acting != null && acting.owner().equals(owner);
        boolean passed = lately.remove(owner);
        if (waited || acted || (passed && !orderly)) {
            breakIt();
        }
    }

    @Override
    Map<String, Long> counts() {
        return Map.of("parties", (long) parties, "broken", broken ? 1L : 0L, "acting", acting == null ? 0L : 1L,
                "waiting", (long) came.size() + round.size());
    }
}
