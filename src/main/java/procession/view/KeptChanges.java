package procession.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest changes of a picture, up to a number, for whoever comes to look at it. Of what is older, only that is kept without which
 * the rest would have no meaning: lanes and things, bars that last, the latest levels, and marks. How much is forgotten is said.
 *
 * <p>Thread-safe.
 */
final class KeptChanges {

    private static final int MOST_MARKS = 200;

    private final Header header;
    /** The entry of number n is at n modulo its length. */
    private final Entry[] newest;
    private final Map<Object, String> before = new LinkedHashMap<>();
    private final ArrayDeque<Object> marksBefore = new ArrayDeque<>();
    private long first;
    private long end;
    private long forgotten;
    private String summary;
    private long summaries;
    private boolean closed;

    private record Entry(Change change, String line) {}

    private record Key(Class<?> what, Object id) {}

    /**
     * Nothing yet.
     *
     * @param header of what run
     * @param most how many changes are kept
     */
    KeptChanges(Header header, int most) {
        this.header = header;
        this.newest = new Entry[most];
    }

    synchronized void add(List<Change> changes) {
        for (var change : changes) {
            if (end - first == newest.length) {
                age(entry(first++));
            }
            newest[(int) (end++ % newest.length)] = new Entry(change, ChangeEncoder.line(change));
            closed |= change instanceof Change.Closed;
        }
        notifyAll();
    }

    private Entry entry(long number) {
        return newest[(int) (number % newest.length)];
    }

    /** The latest summary; who reads gets no older one any more. */
    synchronized void add(Summary latest) {
        var line = latest.line();
        if (!line.equals(summary)) {
            summary = line;
            summaries++;
            notifyAll();
        }
    }

    /** Whether nothing more comes. */
    synchronized boolean isClosed() {
        return closed;
    }

    private void age(Entry entry) {
        var line = entry.line();
        switch (entry.change()) {
            case Change.Lane lane -> before.put(new Key(Change.Lane.class, lane.id()), line);
            case Change.Gone gone -> before.put(new Key(Change.Gone.class, gone.id()), line);
            case Change.Thing thing -> before.put(new Key(Change.Thing.class, thing.id()), line);
            case Change.Over over -> {
                before.remove(new Key(Change.Thing.class, over.id()));
                before.keySet().removeIf(key -> key instanceof Key(Class<?> what, Level level) && level.thing().equals(over.id()));
                forgotten++;
            }
            case Change.Bar bar -> before.put(new Key(Change.Bar.class, bar.id()), line);
            case Change.Units units -> before.put(new Key(Change.Units.class, units.id()), line);
            case Change.End end -> {
                before.remove(new Key(Change.Bar.class, end.id()));
                before.remove(new Key(Change.Units.class, end.id()));
                forgotten++;
            }
            case Change.Level level -> {
                if (before.put(new Key(Change.Level.class, new Level(level.thing(), level.name())), line) != null) {
                    forgotten++;
                }
            }
            case Change.Arrow arrow -> forgotten++;
            case Change.Mark mark -> {
                var key = new Key(Change.Mark.class, first);
                before.put(key, line);
                marksBefore.add(key);
                if (marksBefore.size() > MOST_MARKS) {
                    before.remove(marksBefore.poll());
                }
            }
            case Change.Closed end -> before.put(new Key(Change.Closed.class, 0), line);
        }
    }

    private record Level(String thing, String name) {}

    /** A reader from the beginning, with what is kept of it. */
    Reader reader() {
        return new Reader();
    }

    /** Everything that is kept, in its order. */
    synchronized List<String> all() {
        return new Reader().read(Integer.MAX_VALUE);
    }

    private List<String> beginning() {
        var lines = new ArrayList<String>(before.size() + 2);
        lines.add(ChangeEncoder.line(header));
        lines.addAll(before.values());
        if (forgotten > 0) {
            long at = first == end ? 0 : entry(first).change().at();
            lines.add(ChangeEncoder.line(new Change.Mark(Change.Mark.What.GAP, 0, "", forgotten
                    + " older bars, arrows and levels are not kept any more", at)));
        }
        return lines;
    }

    /** Reads at its own pace. One that falls behind what is kept begins again, with the header, as if it had just come. */
    final class Reader {

        private static final long BEGINNING = -1;

        private long next = BEGINNING;
        private long told;

        private Reader() {}

        /**
         * Waits until there is something to read, and gives it.
         *
         * @param limit about how many lines at most
         * @param millis how long it waits
         * @return lines in their order; none if nothing has come for so long
         * @throws InterruptedException if interrupted while it waits
         */
        List<String> next(int limit, long millis) throws InterruptedException {
            synchronized (KeptChanges.this) {
                long until = System.nanoTime() + millis * 1_000_000;
                long left = millis;
                while (!isBehind() && left > 0 && !closed) {
                    KeptChanges.this.wait(left);
                    left = (until - System.nanoTime()) / 1_000_000;
                }
                return read(limit);
            }
        }

        private List<String> read(int limit) {
            var lines = new ArrayList<String>();
            if (next < first) {
                lines.addAll(beginning());
                next = first;
                told = 0;
            }
            for (long until = Math.min(end, next + limit); next < until; next++) {
                lines.add(entry(next).line());
            }
            if (told < summaries && next == end) {
                lines.add(summary);
                told = summaries;
            }
            return lines;
        }

        private boolean isBehind() {
            return next < end || next < first || told < summaries;
        }

        /** Whether everything has been read and nothing more comes. */
        boolean isDone() {
            synchronized (KeptChanges.this) {
                return closed && !isBehind();
            }
        }

        /** Whether there is more to read at once. */
        boolean hasMore() {
            synchronized (KeptChanges.this) {
                return next < end;
            }
        }
    }
}
