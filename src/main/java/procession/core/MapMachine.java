package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import procession.core.Command.AwaitMap;
import procession.core.Command.AwaitValue;
import procession.core.Command.ClearMap;
import procession.core.Command.ForMap;
import procession.core.Command.ReadMap;
import procession.core.Command.ReadMore;
import procession.core.Command.ReadValue;
import procession.core.Command.WriteValue;
import procession.core.Reply.Entry;

/**
 * A map, or a cell, which is a map with one key. Every change has the next version, and what it changed has that version, too: so a
 * key that was taken out and came again is never taken for what it was.
 *
 * @param table what is in it
 * @param version number of the last change
 * @param waiting who waits for a change, of a key or of anything
 * @param readings what is being read in several parts, as it was when it was asked for first
 */
record MapMachine(Table table, long version, Waiting<ForMap> waiting, HashPMap<Ticket, Reading> readings)
        implements Machine<MapMachine, ForMap> {

    static final MapMachine EMPTY = new MapMachine(Table.EMPTY, 0, Waiting.nobody(), HashTreePMap.empty());

    /** So much on the wire is told at once of what takes several answers. */
    static final int PAGE = 96 * 1024;

    /** The rest of a map that is being read. */
    record Reading(Table table, long version, long from) {}

    @Override
    public Step<MapMachine> on(Ticket ticket, ForMap command, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return switch (command) {
            case ReadValue read -> {
                value(ticket, table.of(read.key()), notes);
                yield notes.step(this);
            }
            case WriteValue write -> written(ticket, write, notes);
            case AwaitValue await when versionOf(await.key()) != await.version() -> {
                value(ticket, table.of(await.key()), notes);
                yield notes.step(this);
            }
            case AwaitValue await -> Step.same(with(waiting.with(ticket, await)));
            case AwaitMap await when version > await.version() -> Step.of(this, new Answer(ticket, new Reply.Stored(version)));
            case AwaitMap await -> Step.same(with(waiting.with(ticket, await)));
            case ClearMap clear when table.size() == 0 -> Step.of(this, new Answer(ticket, new Reply.Stored(version)));
            case ClearMap clear -> {
                notes.answer(ticket, new Reply.Stored(version + 1));
                notes.note(Happening.Kind.CHANGED, ticket, version + 1, 0, "cleared");
                var next = new MapMachine(Table.EMPTY, version + 1, waiting, readings).woken(notes);
                table.entries().forEach(entry -> notes.discarded(entry.payload()));
                yield notes.step(next);
            }
            case ReadMap read -> {
                carriedAlong(ticket, notes);
                yield read(ticket, keyOf(ticket.owner(), ticket.id()), new Reading(table, version, 0), notes);
            }
            case ReadMore more -> {
                var asked = keyOf(ticket.owner(), more.request());
                yield readings.containsKey(asked) ? read(ticket, asked, readings.get(asked), notes)
                        : Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.NOT_FOUND, "There is no more to read.")));
            }
        };
    }

    private long versionOf(Payload key) {
        var entry = table.of(key);
        return entry == null ? 0 : entry.version();
    }

    /** Tells what a key has or had, with a copy of the handles in it. */
    private static void value(Ticket ticket, Entry entry, Step.Notes notes) {
        notes.answer(ticket, entry == null ? new Reply.Value(0, Payload.NONE) : new Reply.Value(entry.version(), entry.payload()));
        if (entry != null) {
            notes.copied(ticket, entry.payload());
        }
    }

    // What changes.

    private Step<MapMachine> written(Ticket ticket, WriteValue write, Step.Notes notes) {
        var before = table.of(write.key());
        boolean removes = write.value().equals(Payload.NONE);
        if (write.expected() != WriteValue.ANY && write.expected() != versionOf(write.key())) {
            value(ticket, before, notes);
        } else if (removes && before == null) {
            notes.answer(ticket, write.wantsOld() ? new Reply.Value(0, Payload.NONE) : new Reply.Stored(version));
        } else {
            var after = removes ? null : new Entry(write.key(), write.value(), version + 1);
            int more = (removes ? 0 : after.size()) - (before == null ? 0 : before.size());
            if (more <= 0 || notes.takesIn(more)) {
                return changed(ticket, write, before, after, notes);
            }
            notes.answer(ticket, new Reply.Refused(Refusals.FULL, "there is no room for " + more + " bytes more, as queues, pipes, cells"
                    + " and maps hold what procession.payload.budget allows; nothing was changed. Take something out, or raise it."));
        }
        notes.discarded(write.value());
        return notes.step(this);
    }

    private Step<MapMachine> changed(Ticket ticket, WriteValue write, Entry before, Entry after, Step.Notes notes) {
        notes.note(Happening.Kind.CHANGED, ticket, version + 1, 0, how(write));
        if (write.wantsOld()) {
            value(ticket, before, notes);
        } else {
            notes.answer(ticket, new Reply.Stored(version + 1));
        }
        var next = after == null ? table.without(write.key()) : table.with(after);
        var step = new MapMachine(next, version + 1, waiting, readings).woken(notes);
        if (before != null) {
            notes.discarded(before.payload());
        }
        return notes.step(step);
    }

    private static String how(WriteValue write) {
        return (write.value().equals(Payload.NONE) ? "removed" : "put")
                + (write.key().equals(Payload.NONE) ? "" : " " + digest(write.key()));
    }

    /** Names a key in a record, which must not tell what users' values are; FNV-1a. */
    static String digest(Payload key) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : key.bytes()) {
            hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
        }
        return Long.toHexString(hash);
    }

    /** Answers those who wait for what has just been changed. */
    private MapMachine woken(Step.Notes notes) {
        var rest = waiting;
        for (var waiter : waiting.tickets()) {
            switch (waiting.wants(waiter)) {
                case AwaitValue await when versionOf(await.key()) != await.version() -> value(waiter, table.of(await.key()), notes);
                case AwaitMap await when version > await.version() -> notes.answer(waiter, new Reply.Stored(version));
                default -> {
                    continue;
                }
            }
            rest = rest.without(waiter);
        }
        return with(rest);
    }

    // What is read as a whole.

    /** The asker gets copies of all handles with the first part: what is overwritten meanwhile may end the others. */
    private void carriedAlong(Ticket ticket, Step.Notes notes) {
        var all = new ArrayList<Carried>();
        table.entries().forEach(entry -> all.addAll(entry.payload().carried()));
        notes.copied(ticket, new Payload(0, new byte[0], all));
    }

    private Step<MapMachine> read(Ticket ticket, Ticket asked, Reading reading, Step.Notes notes) {
        var page = reading.table().page(reading.from(), PAGE);
        notes.answer(ticket, new Reply.Entries(reading.version(), page.entries(), page.more()));
        return notes.step(new MapMachine(table, version, waiting, page.more()
                ? readings.plus(asked, new Reading(reading.table(), reading.version(), page.next()))
                : readings.minus(asked)));
    }

    private static Ticket keyOf(Owner owner, long request) {
        return new Ticket(owner, 0, request);
    }

    @Override
    public Step<MapMachine> expired(Ticket ticket, Allowance allowance) {
        return waiting.wants(ticket) == null
                ? Step.same(this)
                : Step.of(with(waiting.without(ticket)), new Answer(ticket, new Reply.TimedOut("")));
    }

    @Override
    public Step<MapMachine> departed(Obituary obituary, Allowance allowance) {
        var owner = obituary.owner();
        var its = readings.keySet().stream().filter(asked -> asked.owner().equals(owner)).toList();
        return Step.same(new MapMachine(table, version, waiting.without(owner), readings.minusAll(its)));
    }

    private MapMachine with(Waiting<ForMap> line) {
        return new MapMachine(table, version, line, readings);
    }

    @Override
    public View view() {
        return new View(List.of(), waiting.tickets(), Map.of("size", (long) table.size(), "version", version, "bytes", bytes()));
    }

    @Override
    public long bytes() {
        return table.bytes();
    }

    @Override
    public List<Payload> custody() {
        return table.entries().stream().map(Entry::payload).filter(payload -> !payload.carried().isEmpty()).toList();
    }

    @Override
    public MapMachine self() {
        return this;
    }
}
