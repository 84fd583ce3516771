package procession.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known name a mistyped one was meant to be. */
final class Nearest {

    private Nearest() {}

    /**
     * The known name with the fewest letters to change, add, drop or swap. Case and dashes do not count, so {@code TicketSales}
     * finds {@code ticket-sales}.
     *
     * @param typed what was typed
     * @param known what there is
     * @return the nearest; empty where more than a third of the letters are wrong, as a wild guess helps nobody
     */
    static Optional<String> to(String typed, Collection<String> known) {
        String plain = plain(typed);
        int most = Math.max(1, plain.length() / 3);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(plain, plain(name))))
                .filter(name -> distance(plain, plain(name)) <= most);
    }

    /** " Did you mean …?", or nothing where there is no guess; to be put behind a sentence. */
    static String hint(String typed, Collection<String> known) {
        return to(typed, known).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int changed = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(changed, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        return swapped(from, to, i, j) ? Math.min(cheapest, 1 + cost[i - 2][j - 2]) : cheapest;
    }

    private static boolean swapped(String from, String to, int i, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
