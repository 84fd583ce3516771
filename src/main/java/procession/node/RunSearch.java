package procession.node;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import procession.ClusterException;
import procession.RunNotFoundException;

/** Finds the run that a person means by a name. */
final class RunSearch {

    private static final int MOST_SHOWN = 10;

    /**
     * A run that goes on.
     *
     * @param run what is to know of it
     * @param file where that stands; it is removed when the run ends
     */
    record Found(RunFile run, Path file) {}

    /**
     * What was found.
     *
     * @param all the runs
     * @param complaints why folders could not be looked into
     */
    record Search(List<Found> all, List<String> complaints) {}

    private RunSearch() {}

    /**
     * The run of a name, or of a name and the pid of its main process, as in {@code demo-4711}.
     *
     * @throws RunNotFoundException if there is none, or several; the message names those there are
     * @throws ClusterException if the folders of runs cannot be trusted
     */
    static Found find(String name) {
        return find(name, RunFolder.all());
    }

    static Search in(List<RunFolder> folders) {
        var all = new ArrayList<Found>();
        var complaints = new ArrayList<String>();
        for (var folder : folders) {
            try {
                folder.runs().forEach(run -> all.add(new Found(run, folder.path().resolve(run.fileName()))));
            } catch (IOException unusable) {
                complaints.add("Runs cannot be looked for in " + folder.path() + ": " + (unusable instanceof FileSystemException
                        ? "it cannot be read." : unusable.getMessage()));
            }
        }
        return new Search(all, complaints);
    }

    static Found find(String name, List<RunFolder> folders) {
        var search = in(folders);
        var all = search.all();
        var meant = all.stream().filter(found -> found.run().name().equals(name)).toList();
        if (meant.isEmpty()) {
            meant = all.stream().filter(found -> found.run().label().equals(name)).toList();
        }
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        if (meant.isEmpty() && !search.complaints().isEmpty()) {
            throw new ClusterException(search.complaints().getFirst());
        }
        throw new RunNotFoundException(meant.isEmpty() ? none(name, all, folders) : several(name, meant));
    }

    private static String several(String name, List<Found> runs) {
        return "There are " + runs.size() + " runs '" + name + "'; join one of "
                + runs.stream().map(found -> found.run().label()).collect(Collectors.joining(", ")) + ".";
    }

    private static String none(String name, List<Found> all, List<RunFolder> folders) {
        var names = all.stream().map(found -> found.run().name()).distinct().toList();
        return "There is no run '" + name + "' of yours; " + (names.isEmpty()
                ? "none is going on (looked in " + folders.stream().map(folder -> folder.path().toString())
                        .collect(Collectors.joining(" and ")) + ")."
                : "there are " + String.join(", ", names.subList(0, Math.min(MOST_SHOWN, names.size())))
                        + (names.size() > MOST_SHOWN ? " and more." : "."));
    }
}
