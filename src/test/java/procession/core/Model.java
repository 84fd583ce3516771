package procession.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a machine should do, said once more and as plainly as possible: mutable lists, searched from end to end. Shares no code with the
 * machines. What it says is text: who is answered what, and what becomes of payloads with handles.
 */
abstract class Model {

    final Map<Ticket, String> answers = new LinkedHashMap<>();
    final List<String> settlements = new ArrayList<>();
    long nextFence = 1;

    abstract void on(Ticket ticket, Command command);

    abstract void expired(Ticket ticket);

    abstract void departed(Owner owner);

    void confirmed(Ticket ticket) {}

    void endGone(int end) {}

    abstract Map<String, Long> counts();

    void answer(Ticket ticket, String text) {
        answers.put(ticket, text);
    }

    static Model of(Spec spec, long budget) {
        return switch (spec) {
            case Spec.Lock lock -> new LockModel(lock.reentrant());
            case Spec.Semaphore semaphore -> new OfSemaphore(semaphore.permits());
            case Spec.Event event -> new OfEvent();
            case Spec.Queue queue -> new OfQueue(queue, budget);
            case Spec.Pipe pipe -> new OfPipe(pipe);
        };
    }

    static final class OfSemaphore extends Model {
        private final int initial;
        private long value;
        /** One entry for each permit that is owed, oldest first: {owner, fence}. */
        private final List<long[]> owed = new ArrayList<>();
        private final List<Ticket> line = new ArrayList<>();
        private final List<Integer> wants = new ArrayList<>();

        OfSemaphore(int initial) {
            this.initial = initial;
            this.value = initial;
        }

        @Override
        void on(Ticket ticket, Command command) {
            if (command instanceof Command.ReleasePermits release) {
                for (int i = 0; i < release.permits(); i++) {
                    value++;
                    payOne(ticket.owner().number(), release.fence());
                }
                answer(ticket, "done");
            } else {
                line.add(ticket);
                wants.add(((Command.AcquirePermits) command).permits());
            }
            next();
        }

        private void payOne(long owner, long fence) {
            for (var debt : owed) {
                if (debt[0] == owner && debt[1] == fence) {
                    owed.remove(debt);
                    return;
                }
            }
            for (var debt : owed) {
                if (debt[0] == owner) {
                    owed.remove(debt);
                    return;
                }
            }
            if (!owed.isEmpty()) {
                owed.removeFirst();
            }
        }

        private void next() {
            while (!line.isEmpty() && wants.getFirst() <= value) {
                var ticket = line.removeFirst();
                int permits = wants.removeFirst();
                long fence = nextFence++;
                value -= permits;
                for (int i = 0; i < permits && owed.size() < initial; i++) {
                    owed.add(new long[] {ticket.owner().number(), fence});
                }
                answer(ticket, "granted " + fence + " x" + permits);
            }
        }

        private void leave(int place) {
            line.remove(place);
            wants.remove(place);
        }

        @Override
        void expired(Ticket ticket) {
            if (line.contains(ticket)) {
                leave(line.indexOf(ticket));
                answer(ticket, "timed out");
                next();
            }
        }

        @Override
        void departed(Owner owner) {
            for (int i = line.size() - 1; i >= 0; i--) {
                if (line.get(i).owner().equals(owner)) {
                    leave(i);
                }
            }
            for (int i = owed.size() - 1; i >= 0; i--) {
                if (owed.get(i)[0] == owner.number()) {
                    owed.remove(i);
                    value++;
                }
            }
            next();
        }

        @Override
        Map<String, Long> counts() {
            return Map.of("value", value, "owed", (long) owed.size(), "waiting", (long) line.size());
        }
    }

    static final class OfEvent extends Model {
        private boolean set;
        private final List<Ticket> waiting = new ArrayList<>();

        @Override
        void on(Ticket ticket, Command command) {
            if (command instanceof Command.SetEvent) {
                set = true;
            } else if (command instanceof Command.ClearEvent) {
                set = false;
            } else if (!set) {
                waiting.add(ticket);
                return;
            }
            answer(ticket, "done");
            if (set) {
                waiting.forEach(waiter -> answer(waiter, "done"));
                waiting.clear();
            }
        }

        @Override
        void expired(Ticket ticket) {
            if (waiting.remove(ticket)) {
                answer(ticket, "timed out");
            }
        }

        @Override
        void departed(Owner owner) {
            waiting.removeIf(ticket -> ticket.owner().equals(owner));
        }

        @Override
        Map<String, Long> counts() {
            return Map.of("set", set ? 1L : 0L, "waiting", (long) waiting.size());
        }
    }

    /** An item that was accepted: it keeps its place in the line until it is finished, whoever has it. */
    private static final class Entry {
        final Payload payload;
        Ticket with;
        long handedOut;
        boolean arrived;

        Entry(Payload payload) {
            this.payload = payload;
        }
    }

    /** One line of items. */
    private final class Line {
        final int mostItems;
        final long mostBytes;
        final List<Entry> entries = new ArrayList<>();
        final List<Map.Entry<Ticket, Payload>> putters = new ArrayList<>();
        final List<Ticket> getters = new ArrayList<>();
        long handOuts;

        Line(int mostItems, long mostBytes) {
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
                    answer(entry.with, "item " + Stage.text(entry.payload));
                } else if (!putters.isEmpty() && hasRoom(putters.getFirst().getValue(), roomLeft)) {
                    var putter = putters.removeFirst();
                    roomLeft -= putter.getValue().size();
                    entries.add(new Entry(putter.getValue()));
                    answer(putter.getKey(), "done");
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

        void finish(Entry entry) {
            entries.remove(entry);
            discard(entry.payload);
        }

        boolean leave(Ticket ticket) {
            for (var putter : putters) {
                if (putter.getKey().equals(ticket)) {
                    putters.remove(putter);
                    discard(putter.getValue());
                    return true;
                }
            }
            return getters.remove(ticket);
        }

        void departed(Owner owner) {
            putters.stream().filter(putter -> putter.getKey().owner().equals(owner)).forEach(putter -> discard(putter.getValue()));
            putters.removeIf(putter -> putter.getKey().owner().equals(owner));
            getters.removeIf(ticket -> ticket.owner().equals(owner));
            out().stream().filter(entry -> entry.with.owner().equals(owner)).forEach(entry -> entry.with = null);
        }
    }

    void discard(Payload payload) {
        if (!payload.carried().isEmpty()) {
            settlements.add("discarded " + Stage.text(payload));
        }
    }

    void adopt(Entry entry) {
        if (!entry.payload.carried().isEmpty()) {
            settlements.add("adopted " + Stage.text(entry.payload) + " by " + entry.with.owner().number());
        }
    }

    static final class OfQueue extends Model {
        private final Spec.Queue spec;
        private final long budget;
        private final Line line;
        private final List<Ticket> joiners = new ArrayList<>();

        OfQueue(Spec.Queue spec, long budget) {
            this.spec = spec;
            this.budget = budget;
            this.line = new Line(spec.maxSize(), 0);
        }

        @Override
        void on(Ticket ticket, Command command) {
            switch (command) {
                case Command.Put put -> line.putters.add(Map.entry(ticket, put.payload()));
                case Command.Get get -> line.getters.add(ticket);
                case Command.GiveBack back -> {
                    line.giveBack(ticket.owner(), back.request());
                    answer(ticket, "done");
                }
                case Command.JoinQueue join when spec.joinable() -> joiners.add(ticket);
                case Command.TaskDone done when spec.joinable() -> taskDone(ticket);
                default -> answer(ticket, Refusals.WRONG_KIND);
            }
            next();
        }

        private void taskDone(Ticket ticket) {
            var own = line.out().stream().filter(entry -> entry.with.owner().equals(ticket.owner())).toList();
            var sameThread = own.stream().filter(entry -> entry.with.strand() == ticket.strand()).toList();
            if (own.isEmpty()) {
                answer(ticket, Refusals.NOTHING_UNFINISHED);
                return;
            }
            var entry = sameThread.isEmpty() ? own.getFirst() : sameThread.getFirst();
            if (!entry.arrived) {
                adopt(entry);
            }
            line.finish(entry);
            answer(ticket, "done");
        }

        private void next() {
            line.pump(budget - line.bytes());
            if (line.entries.isEmpty()) {
                joiners.forEach(joiner -> answer(joiner, "done"));
                joiners.clear();
            }
        }

        @Override
        void expired(Ticket ticket) {
            if (joiners.remove(ticket) || line.leave(ticket)) {
                answer(ticket, "timed out");
            }
            next();
        }

        @Override
        void departed(Owner owner) {
            joiners.removeIf(ticket -> ticket.owner().equals(owner));
            line.departed(owner);
            next();
        }

        @Override
        void confirmed(Ticket ticket) {
            var entry = line.outWith(ticket);
            if (entry != null && !entry.arrived) {
                entry.arrived = true;
                adopt(entry);
                if (!spec.joinable()) {
                    line.finish(entry);
                }
            }
            next();
        }

        @Override
        Map<String, Long> counts() {
            return Map.of("size", (long) line.present().size(), "unfinished", (long) line.entries.size(), "bytes", line.bytes(),
                    "waiting", (long) line.getters.size() + line.putters.size() + joiners.size());
        }
    }

    static final class OfPipe extends Model {
        private final Spec.Pipe spec;
        /** By the end they lead to; there is no end 0. */
        private final Line[] to;
        private final List<List<Ticket>> pollers = List.of(List.of(), new ArrayList<>(), new ArrayList<>());
        private final boolean[] gone = new boolean[3];

        OfPipe(Spec.Pipe spec) {
            this.spec = spec;
            this.to = new Line[] {null, new Line(0, spec.buffer()), new Line(0, spec.buffer())};
        }

        @Override
        void on(Ticket ticket, Command command) {
            boolean oneWay = !spec.duplex();
            switch (command) {
                case Command.Send send when oneWay && send.end() == 1 -> {
                    discard(send.payload());
                    answer(ticket, Refusals.WRONG_WAY);
                }
                case Command.Receive receive when oneWay && receive.end() == 2 -> answer(ticket, Refusals.WRONG_WAY);
                case Command.Poll poll when oneWay && poll.end() == 2 -> answer(ticket, Refusals.WRONG_WAY);
                case Command.Send send when gone[send.end()] -> {
                    discard(send.payload());
                    answer(ticket, Refusals.NOT_FOUND);
                }
                case Command.Send send -> to[3 - send.end()].putters.add(Map.entry(ticket, send.payload()));
                case Command.Receive receive -> to[receive.end()].getters.add(ticket);
                case Command.Poll poll -> pollers.get(poll.end()).add(ticket);
                case Command.GiveBack back -> {
                    to[1].giveBack(ticket.owner(), back.request());
                    to[2].giveBack(ticket.owner(), back.request());
                    answer(ticket, "done");
                }
                default -> throw new AssertionError(command);
            }
            next();
        }

        private void next() {
            for (int end = 1; end <= 2; end++) {
                var line = to[end];
                if (gone[end]) {
                    line.putters.forEach(putter -> {
                        discard(putter.getValue());
                        answer(putter.getKey(), Refusals.BROKEN_PIPE);
                    });
                    line.putters.clear();
                    line.present().forEach(line::finish);
                    line.getters.forEach(getter -> answer(getter, Refusals.NOT_FOUND));
                    line.getters.clear();
                    pollers.get(end).forEach(poller -> answer(poller, Refusals.NOT_FOUND));
                    pollers.get(end).clear();
                    continue;
                }
                line.pump(Long.MAX_VALUE);
                boolean over = gone[3 - end] && line.entries.isEmpty() && line.putters.isEmpty();
                if (over) {
                    line.getters.forEach(getter -> answer(getter, "end of stream"));
                    line.getters.clear();
                }
                if (over || !line.present().isEmpty()) {
                    pollers.get(end).forEach(poller -> answer(poller, "ready"));
                    pollers.get(end).clear();
                }
            }
        }

        @Override
        void expired(Ticket ticket) {
            if (pollers.get(1).remove(ticket) || pollers.get(2).remove(ticket) || to[1].leave(ticket) || to[2].leave(ticket)) {
                answer(ticket, "timed out");
            }
            next();
        }

        @Override
        void departed(Owner owner) {
            for (int end = 1; end <= 2; end++) {
                to[end].departed(owner);
                pollers.get(end).removeIf(ticket -> ticket.owner().equals(owner));
            }
            next();
        }

        @Override
        void confirmed(Ticket ticket) {
            for (int end = 1; end <= 2; end++) {
                var entry = to[end].outWith(ticket);
                if (entry != null) {
                    adopt(entry);
                    to[end].finish(entry);
                }
            }
            next();
        }

        @Override
        void endGone(int end) {
            gone[end] = true;
            next();
        }

        @Override
        Map<String, Long> counts() {
            long waiting = 0;
            for (int end = 1; end <= 2; end++) {
                waiting += to[end].getters.size() + to[end].putters.size() + pollers.get(end).size();
            }
            return new TreeMap<>(Map.of("to-first", (long) to[1].present().size(), "to-second", (long) to[2].present().size(),
                    "bytes", to[1].bytes() + to[2].bytes(), "waiting", waiting));
        }
    }
}
