package procession.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import procession.core.Happening;

/**
 * The latest happenings of a run as lines of a record: its first line, then how many have been forgotten, if some have, then the
 * happenings. Each is encoded when it is read.
 */
public final class LatestLines implements Iterable<byte[]> {

    private final List<Line> first;
    private final List<Happening> happenings;

    private LatestLines(List<Line> first, List<Happening> happenings) {
        this.first = first;
        this.happenings = happenings;
    }

    /**
     * What a recorder remembers now.
     *
     * @param recorder the recorder
     * @param run name of the run
     * @param version version of Procession
     * @param redeliveries how often an item of a joinable queue may return unfinished
     * @return the lines
     */
    public static LatestLines of(Recorder recorder, String run, String version, int redeliveries) {
        long nanos = recorder.startNanos();
        var header = new Line.Header(Line.FORMAT, run, version, recorder.start().toString(), nanos, redeliveries);
        var remembered = recorder.remembered();
        return new LatestLines(remembered.dropped() == 0 ? List.of(header)
                : List.of(header, new Line.Dropped(nanos, 0, "", remembered.dropped())), remembered.happenings());
    }

    /**
     * How many lines there are.
     *
     * @return the number
     */
    public int size() {
        return first.size() + happenings.size();
    }

    @Override
    public Iterator<byte[]> iterator() {
        var before = first.iterator();
        var then = happenings.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return before.hasNext() || then.hasNext();
            }

            @Override
            public byte[] next() {
                try {
                    return LineEncoder.encode(before.hasNext() ? before.next() : new Line.Happened(then.next()));
                } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible);
                }
            }
        };
    }
}
