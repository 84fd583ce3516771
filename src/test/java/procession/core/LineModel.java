package procession.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One line of items: of a queue, or of one direction of a pipe. */
final class LineModel {

    /** An item that was accepted: it keeps its place in the line until it is finished, whoever has it. */
    static final class Entry {
        final Payload payload;
        Ticket with;
        long handedOut;
        boolean arrived;
        int redelivered;

        Entry(Payload payload) {
            this.payload = payload;
        }
    }

    private final Model model;
    private final int mostItems;
    private final long mostBytes;
    private long handOuts;
    final List<Entry> entries = new ArrayList<>();
    final List<Map.Entry<Ticket, Payload>> putters = new ArrayList<>();
    final List<Ticket> getters = new ArrayList<>();

    LineModel(Model model, int mostItems, long mostBytes) {
        this.model = model;
        this.mostItems = mostItems;
        this.mostBytes = mostBytes;
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
                var entry = present().getFirst();
                entry.with = getters.removeFirst();
                entry.handedOut = handOuts++;
                entry.arrived = false;
                model.answer(entry.with, "item " + Stage.text(entry.payload) + " again " + entry.redelivered);
            } else if (!putters.isEmpty() && hasRoom(putters.getFirst().getValue(), roomLeft)) {
                var putter = putters.removeFirst();
                roomLeft -= putter.getValue().size();
                entries.add(new Entry(putter.getValue()));
                model.answer(putter.getKey(), "done");
            } else {
                return;
            }
        }
    }

    private boolean hasRoom(Payload payload, long room) {
        return (mostItems == 0 || present().size() < mostItems)
                && (mostBytes == 0 || present().isEmpty() || bytes() + payload.size() <= mostBytes)
                && payload.size() <= room;
    }

    Entry outWith(Ticket ticket) {
        return out().stream().filter(entry -> entry.with.equals(ticket)).findFirst().orElse(null);
    }

    void giveBack(Owner owner, long request) {
        out().stream().filter(entry -> entry.with.owner().equals(owner) && entry.with.id() == request && !entry.arrived)
                .forEach(entry -> entry.with = null);
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
            if (putter.getKey().equals(ticket)) {
                putters.remove(putter);
                model.discard(putter.getValue());
                return true;
            }
        }
        return getters.remove(ticket);
    }

    /** Nobody puts here any more: those who wait to are told why. */
    void refusePutters(String code) {
        putters.forEach(putter -> {
            model.discard(putter.getValue());
            model.answer(putter.getKey(), code);
        });
        putters.clear();
    }

    void refuseGetters(String what) {
        getters.forEach(getter -> model.answer(getter, what));
        getters.clear();
    }

    void stopsWaiting(Owner owner) {
        putters.stream().filter(putter -> putter.getKey().owner().equals(owner)).forEach(putter -> model.discard(putter.getValue()));
        putters.removeIf(putter -> putter.getKey().owner().equals(owner));
        getters.removeIf(ticket -> ticket.owner().equals(owner));
    }

    List<Entry> outWith(Owner owner) {
        return out().stream().filter(entry -> entry.with.owner().equals(owner)).toList();
    }
}
