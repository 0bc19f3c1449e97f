package dev.ganger.reference;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What somebody meant who mistyped a name: the names that are nearest, if any is near. */
public final class Nearest {
    private static final int LETTERS_A_MISTAKE = 3;
    private static final int MOST_NAMES = 3;

    private Nearest() {}

    /** {@code ; did you mean 'submit'?}, or nothing. */
    public static String question(String typed, Collection<String> names) {
        var near = to(typed, names);
        return near.isEmpty()
                ? ""
                : "; did you mean " + near.stream().map(each -> "'" + each + "'").collect(Collectors.joining(" or ")) + "?";
    }

    /** Names that are equally near, at most three; a name of which only the beginning was typed is near too. */
    static List<String> to(String typed, Collection<String> names) {
        var tolerated = letters(typed) / LETTERS_A_MISTAKE;
        var best = names.stream().mapToInt(name -> mistakes(typed, name)).min().orElse(Integer.MAX_VALUE);
        if (letters(typed) < 2 || best > tolerated) {
            return List.of();
        }
        return names.stream().distinct().filter(name -> mistakes(typed, name) == best)
                .sorted(Comparator.comparingInt((String name) -> Math.abs(name.length() - typed.length()))
                        .thenComparing(name -> name))
                .limit(MOST_NAMES)
                .toList();
    }

    private static int letters(String name) {
        return (int) name.chars().filter(each -> each != '-').count();
    }

    /**
     * Letters to change, add, leave out or swap with their neighbour until it is the name, or the beginning of it; what is short is the beginning
     * of too many.
     */
    private static int mistakes(String typed, String name) {
        var rows = new int[typed.length() + 1][name.length() + 1];
        for (var row = 0; row <= typed.length(); row++) {
            for (var column = 0; column <= name.length(); column++) {
                rows[row][column] = row == 0 || column == 0 ? row + column : mistakes(rows, typed, name, row, column);
            }
        }
        if (name.startsWith(typed)) {
            return 0;
        }
        var least = rows[typed.length()][name.length()];
        for (var column = typed.length(); column < name.length() && letters(typed) > LETTERS_A_MISTAKE; column++) {
            least = Math.min(least, rows[typed.length()][column]);
        }
        return least;
    }

    private static int mistakes(int[][] rows, String typed, String name, int row, int column) {
        var same = typed.charAt(row - 1) == name.charAt(column - 1);
        var least = Math.min(rows[row - 1][column - 1] + (same ? 0 : 1),
                1 + Math.min(rows[row - 1][column], rows[row][column - 1]));
        var swapped = row > 1 && column > 1 && typed.charAt(row - 1) == name.charAt(column - 2)
                && typed.charAt(row - 2) == name.charAt(column - 1);
        return swapped ? Math.min(least, rows[row - 2][column - 2] + 1) : least;
    }
}
