package procession.testkit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import procession.core.Happening;

/** The items of a queue, or the messages of a pipe, and what became of each. */
final class Items {

    /** The number counts the items of one direction. */
    private record Key(String direction, long number) {
        @Override
        public String toString() {
            return number + (direction.isEmpty() ? "" : " " + direction);
        }
    }

    private record Request(long owner, long number, long item) {
        static Request of(Happening happening) {
            return new Request(happening.owner(), happening.request(), happening.number());
        }
    }

    private static final class Fate {
        int received;
        boolean isOut;
        boolean isDone;
    }

    private final Map<Key, Fate> fates = new LinkedHashMap<>();
    private final Map<Request, Key> given = new HashMap<>();

    /** What was put before the first of the happenings is none of them. */
    static Items of(List<Happening> happenings) {
        var items = new Items();
        happenings.forEach(items::happened);
        return items;
    }

    private void happened(Happening happening) {
        var key = new Key(happening.detail().startsWith("to ") ? happening.detail() : "", happening.number());
        switch (happening.kind()) {
            case PUT, SENT -> fates.put(key, new Fate());
            case GOT, RECEIVED -> {
                given.put(Request.of(happening), key);
                change(key, fate -> {
                    fate.received++;
                    fate.isOut = true;
                });
            }
            // The direction is that of the request to which the message was given.
            case REQUEUED -> change(given.getOrDefault(Request.of(happening), key), fate -> fate.isOut = false);
            case DONE -> change(key, fate -> fate.isDone = true);
            default -> { }
        }
    }

    private void change(Key key, java.util.function.Consumer<Fate> change) {
        var fate = fates.get(key);
        if (fate != null) {
            change.accept(fate);
        }
    }

    boolean isEmpty() {
        return fates.isEmpty();
    }

    int size() {
        return fates.size();
    }

    List<String> notReceived() {
        return those(fate -> !fate.isOut);
    }

    List<String> receivedAgain() {
        return those(fate -> fate.received > 1);
    }

    List<String> notDone() {
        return those(fate -> !fate.isDone);
    }

    private List<String> those(Predicate<Fate> wanted) {
        return fates.entrySet().stream().filter(item -> wanted.test(item.getValue())).map(item -> item.getKey().toString()).toList();
    }

    private static final int MOST = 10;

    /** Such as {@code item 3, 4}. */
    static String named(List<String> items) {
        return "item " + Label.list(items.stream().limit(MOST)) + (items.size() > MOST ? " and " + (items.size() - MOST) + " more" : "");
    }
}
