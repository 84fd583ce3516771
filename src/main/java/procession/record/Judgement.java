package procession.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is to be said of a record: how much there was, which laws were broken, and what could not be judged. */
public final class Judgement {

    private static final int MOST_GAPS = 5;

    private final RecordReader record;
    private final Evidence evidence;
    private final Figures figures;
    private final MutualExclusion exclusion;
    private final List<Law> laws;
    private long step = Long.MIN_VALUE;

    private Judgement(RecordReader record) {
        this.record = record;
        evidence = new Evidence(record.header());
        figures = new Figures(evidence);
        exclusion = new MutualExclusion(evidence);
        laws = List.of(
                exclusion,
                new LocksPassOn(evidence),
                new FencesRise(evidence),
                new DeathIsTold(evidence),
                new SignalsWake(evidence),
                new PermitsAddUp(evidence),
                new EventsWake(evidence),
                new BarriersGather(evidence),
                new LatchesOpen(evidence),
                new ReadersAndWriters(evidence),
                new ItemsAreKept(evidence),
                new ItemsGoToOne(evidence),
                new UpdatesAreKept(evidence),
                new CallsEnd(evidence),
                new LateAnswersGoBack(evidence),
                new TheDeadAreSilent(evidence),
                new OutcomesAgree(evidence));
    }

    /**
     * Judges a record.
     *
     * @param file the record
     * @return what is to be said of it
     * @throws NoRecordException if the file is no record; the message is for people
     * @throws IOException if it cannot be read
     */
    public static Judgement of(Path file) throws IOException {
        try (var record = RecordReader.open(file)) {
            return of(record);
        }
    }

    /**
     * Judges the beginning of a record, of which more is being written: what processes ask and are told later than a moment is left out.
     * If what the keeper had done by then is in the file, so is all that explains the rest.
     *
     * @param file the record
     * @param moment by the monotonic clock
     * @return what is to be said of it so far
     * @throws NoRecordException if the file is no record; the message is for people
     * @throws IOException if it cannot be read
     */
    public static Judgement until(Path file, long moment) throws IOException {
        try (var record = RecordReader.open(file)) {
            return of(record, moment);
        }
    }

    static Judgement of(RecordReader record) throws IOException {
        return of(record, Long.MAX_VALUE);
    }

    private static Judgement of(RecordReader record, long moment) throws IOException {
        var judgement = new Judgement(record);
        for (var entry = record.next(); entry.isPresent(); entry = record.next()) {
            boolean isCall = entry.get().line() instanceof Line.Invoked || entry.get().line() instanceof Line.Returned;
            if (!isCall || entry.get().line().nanos() <= moment) {
                judgement.read(entry.get());
            }
        }
        judgement.allRead();
        return judgement;
    }

    private void read(Entry entry) {
        if (entry.line() instanceof Line.Happened(var happening) && happening.step() != step) {
            stepEnded();
            step = happening.step();
        }
        evidence.read(entry);
        switch (entry.line()) {
            case Line.Happened(var happening) -> {
                figures.happened(happening, entry);
                following().forEach(law -> law.happened(happening, entry));
            }
            case Line.Invoked invoked -> {
                figures.invoked();
                laws.forEach(law -> law.invoked(invoked, entry));
            }
            case Line.Returned returned -> {
                figures.returned(returned);
                laws.forEach(law -> law.returned(returned, entry));
            }
            default -> { }
        }
    }

    private void stepEnded() {
        following().forEach(Law::stepEnded);
    }

    private List<Law> following() {
        return evidence.keeperGap() == null ? laws : laws.stream().filter(law -> !law.followsTheKeeper()).toList();
    }

    /** What a run that was cut short was about to say of its last step is not known. */
    private void allRead() {
        if (evidence.hasOrderlyEnd()) {
            stepEnded();
        }
        laws.forEach(Law::allRead);
    }

    // What is to be said.

    /**
     * Name of the run.
     *
     * @return the name
     */
    public String run() {
        return record.header().run();
    }

    /**
     * Which version of Procession has written it.
     *
     * @return the version; empty if it is not known
     */
    public String version() {
        return record.header().version();
    }

    /**
     * When the run began.
     *
     * @return an instant in ISO form
     */
    public String start() {
        return record.header().start();
    }

    /**
     * How much there was.
     *
     * @return the figures
     */
    public Figures figures() {
        return figures;
    }

    /**
     * Who held which lock, and when, by the users' own clocks; also under fences that processes gave themselves, of locks that were lent to
     * them.
     *
     * @return the holds, in the order of their fences
     */
    public List<Hold> holds() {
        return exclusion.holds();
    }

    /**
     * How many laws there are.
     *
     * @return the number
     */
    public int laws() {
        return laws.size();
    }

    /**
     * Which laws were broken, and how: of each law the first few.
     *
     * @return the violations, those of one law together, in the order of the lines they cite
     */
    public List<Violation> violations() {
        var byPlace = Comparator.comparingLong((Violation violation) -> violation.lines().stream()
                .mapToLong(Violation.Cited::place).max().orElse(0));
        return laws.stream().flatMap(law -> law.violations().stream().sorted(byPlace)).toList();
    }

    /**
     * How many violations were found beyond those.
     *
     * @return the number
     */
    public long moreViolations() {
        return laws.stream().mapToLong(Law::uncounted).sum();
    }

    /**
     * Whether every law could be judged to the end.
     *
     * @return whether it could
     */
    public boolean isComplete() {
        return evidence.isWhole() && evidence.withoutHistory().isEmpty();
    }

    /**
     * What is missing from the record, and what it could therefore not be judged for.
     *
     * @return a sentence for each; none if nothing is missing
     */
    public List<String> reservations() {
        var all = new ArrayList<String>();
        end().ifPresent(all::add);
        gaps().ifPresent(all::add);
        if (record.torn() > 0) {
            all.add(record.torn() == 1 ? "1 line is torn, as by a process that was killed while it wrote; it was skipped."
                    : record.torn() + " lines are torn, as by processes that were killed while they wrote; they were skipped.");
        }
        if (!record.unknown().isEmpty()) {
            all.add("Lines of a later version were skipped: " + record.unknown().entrySet().stream()
                    .map(kind -> kind.getValue() + " of " + (kind.getKey().isEmpty() ? "no type" : kind.getKey()))
                    .collect(Collectors.joining(", ")) + ".");
        }
        var silent = evidence.withoutHistory();
        if (!silent.isEmpty()) {
            all.add("Without lines of their own, so that what they were told is not known: " + String.join(", ", silent) + ".");
        }
        return all;
    }

    private Optional<String> end() {
        if (evidence.hasOrderlyEnd()) {
            return Optional.empty();
        }
        return Optional.of((evidence.hasEnd() ? "The run was cut short"
                : "The record has no end: the main process was killed, or still runs")
                + "; whether its last calls would have ended cannot be said.");
    }

    private Optional<String> gaps() {
        if (evidence.gaps().isEmpty()) {
            return Optional.empty();
        }
        var words = new Words(evidence);
        return Optional.of("Something is missing ("
                + evidence.gaps().stream().limit(MOST_GAPS).map(gap -> "line " + gap.place() + ": " + words.of(gap))
                        .collect(Collectors.joining("; "))
                + (evidence.gaps().size() > MOST_GAPS ? "; and more" : "") + "). Not judged, or only before that or in part: "
                + laws.stream().filter(Law::suffersFromGaps).map(Law::name).collect(Collectors.joining(", ")) + ".");
    }
}
