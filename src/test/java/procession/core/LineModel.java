package procession.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One line of items: of a queue, or of one direction of a pipe. */
final class LineModel {

    /** An item that was accepted: it keeps its place in the line until it is finished, whoever has it. */
    static final class Entry {
        final Payload payload;
        Ticket with;
        long handedOut;
        /** A window has it, and says when it is got; otherwise it is when it arrives. */
        boolean windowed;
        boolean arrived;
        int redelivered;

        Entry(Payload payload) {
            this.payload = payload;
        }

        /** Whether its receiver can say that it is done. */
        boolean canBeDone() {
            return arrived || !windowed;
        }
    }

    /** Who waits to put, and what of it has not been accepted. */
    static final class Putter {
        final Ticket ticket;
        final Deque<Payload> rest;
        final boolean batch;
        boolean leftBehind;

        Putter(Ticket ticket, List<Payload> payloads, boolean batch) {
            this.ticket = ticket;
            this.rest = new ArrayDeque<>(payloads);
            this.batch = batch;
        }
    }

    record Getter(Ticket ticket, int most, boolean batch) {}

    private final Model model;
    private final int mostItems;
    private final long mostBytes;
    private long handOuts;
    final List<Entry> entries = new ArrayList<>();
    final List<Putter> putters = new ArrayList<>();
    final List<Getter> getters = new ArrayList<>();
    /** What windows got with one request and has not gone back. */
    private final Map<Ticket, List<Entry>> batches = new HashMap<>();

    LineModel(Model model, int mostItems, long mostBytes) {
        this.model = model;
        this.mostItems = mostItems;
        this.mostBytes = mostBytes;
    }

    void puts(Ticket ticket, Payload payload) {
        putters.add(new Putter(ticket, List.of(payload), false));
    }

    void putsAll(Ticket ticket, List<Payload> payloads) {
        putters.add(new Putter(ticket, payloads, true));
    }

    void gets(Ticket ticket) {
        getters.add(new Getter(ticket, 1, false));
    }

    void getsSome(Ticket ticket, int most) {
        getters.add(new Getter(ticket, most, true));
    }

    long waiting() {
        return getters.size() + putters.stream().filter(putter -> !putter.leftBehind).count();
    }

    List<Entry> present() {
        return entries.stream().filter(entry -> entry.with == null).toList();
    }

    List<Entry> out() {
        return entries.stream().filter(entry -> entry.with != null)
                .sorted(Comparator.comparingLong(entry -> entry.handedOut)).toList();
    }

    long bytes() {
        return entries.stream().mapToLong(entry -> entry.payload.size()).sum();
    }

    void pump(long room) {
        long roomLeft = room;
        while (true) {
            if (!present().isEmpty() && !getters.isEmpty()) {
                handOut(getters.removeFirst());
            } else if (!putters.isEmpty() && hasRoom(putters.getFirst().rest.peek(), roomLeft)) {
                var putter = putters.getFirst();
                while (!putter.rest.isEmpty() && hasRoom(putter.rest.peek(), roomLeft)) {
                    roomLeft -= putter.rest.peek().size();
                    entries.add(new Entry(putter.rest.poll()));
                }
                if (putter.rest.isEmpty()) {
                    putters.removeFirst();
                    if (!putter.leftBehind) {
                        model.answer(putter.ticket, "done");
                    }
                }
            } else {
                return;
            }
        }
    }

    private void handOut(Getter getter) {
        var some = present().stream().limit(getter.most()).toList();
        for (var entry : some) {
            entry.with = getter.ticket();
            entry.handedOut = handOuts++;
            entry.windowed = getter.batch();
            entry.arrived = false;
        }
        var what = some.stream().map(entry -> Stage.text(entry.payload) + " again " + entry.redelivered).collect(Collectors.joining(", "));
        if (getter.batch()) {
            batches.put(getter.ticket(), new ArrayList<>(some));
        }
        model.answer(getter.ticket(), (getter.batch() ? "items " : "item ") + what);
    }

    private boolean hasRoom(Payload payload, long room) {
        return (mostItems == 0 || present().size() < mostItems)
                && (mostBytes == 0 || present().isEmpty() || bytes() + payload.size() <= mostBytes)
                && payload.size() <= room;
    }

    /** The item that answered a plain get. */
    Entry outWith(Ticket ticket) {
        return out().stream().filter(entry -> !entry.windowed && entry.with.equals(ticket)).findFirst().orElse(null);
    }

    void giveBack(Owner owner, long request) {
        out().stream().filter(entry -> entry.with.owner().equals(owner) && entry.with.id() == request && !entry.arrived).forEach(entry -> {
            if (entry.windowed) {
                batches.get(entry.with).remove(entry);
            }
            entry.with = null;
        });
    }

    /** A window says that its first items are got. */
    void consumed(Owner owner, long request, int count, boolean areDone) {
        batches.forEach((ticket, batch) -> {
            if (ticket.owner().equals(owner) && ticket.id() == request) {
                batch.stream().limit(count).filter(entry -> ticket.equals(entry.with) && !entry.arrived).forEach(entry -> {
                    entry.arrived = true;
                    adopt(entry);
                    if (areDone) {
                        finish(entry);
                    }
                });
            }
        });
    }

    void adopt(Entry entry) {
        if (!entry.payload.carried().isEmpty()) {
            model.settlements.add("adopted " + Stage.text(entry.payload) + " by " + entry.with.owner().number());
        }
    }

    void finish(Entry entry) {
        entries.remove(entry);
        model.discard(entry.payload);
    }

    boolean leave(Ticket ticket) {
        for (var putter : putters) {
            if (putter.ticket.equals(ticket) && !putter.leftBehind) {
                putters.remove(putter);
                putter.rest.forEach(model::discard);
                return true;
            }
        }
        return getters.removeIf(getter -> getter.ticket().equals(ticket));
    }

    /** Nobody puts here any more: those who wait to are told why. What those who are gone have left in line may stay. */
    void refusePutters(String code, boolean keepLeftBehind) {
        for (var putter : List.copyOf(putters)) {
            if (!putter.leftBehind || !keepLeftBehind) {
                putters.remove(putter);
                putter.rest.forEach(model::discard);
                if (!putter.leftBehind) {
                    model.answer(putter.ticket, code);
                }
            }
        }
    }

    void refuseGetters(String what) {
        getters.forEach(getter -> model.answer(getter.ticket(), what));
        getters.clear();
    }

    void stopsWaiting(Owner owner) {
        for (var putter : List.copyOf(putters)) {
            if (putter.ticket.owner().equals(owner) && putter.batch) {
                putter.leftBehind = true;
            } else if (putter.ticket.owner().equals(owner)) {
                putters.remove(putter);
                putter.rest.forEach(model::discard);
            }
        }
        getters.removeIf(getter -> getter.ticket().owner().equals(owner));
    }

    List<Entry> outWith(Owner owner) {
        return out().stream().filter(entry -> entry.with.owner().equals(owner)).toList();
    }
}
