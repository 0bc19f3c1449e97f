package dev.ganger.cli.reference;

import dev.ganger.reference.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * All there is to complete, one a row: command, what it is (verb, option, operand), name, kind, what it does. The name of an operand is its
 * place, and a star for all others.
 */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<Usage> usages) {
        usages.forEach(this::add);
    }

    private void add(Usage usage) {
        var last = usage.command().lastIndexOf(' ');
        if (last > 0) {
            add(usage.command().substring(0, last), "verb", usage.command().substring(last + 1), "text", usage.description());
        }
        for (var option : usage.options()) {
            option.names()
                    .forEach(name -> add(usage.command(), "option", name, Kind.ofOption(option).word(), option.description()));
        }
        var place = 0;
        for (var operand : usage.operands()) {
            place++;
            add(usage.command(), "operand", operand.many() ? "*" : String.valueOf(place),
                    Kind.ofOperand(usage.command(), operand.label()).word(), operand.description());
        }
    }

    private void add(String command, String what, String name, String kind, String does) {
        rows.add(List.of(command, what, name, kind, firstSentence(does)));
    }

    /** There is little room beside a list of candidates. */
    private static String firstSentence(String text) {
        return text.replaceAll(" \\([^)]*\\)", "").replaceFirst("(?<=\\w\\w|')[.:;] .*", "").replaceFirst("\\.$", "")
                .replace('\t', ' ');
    }

    String described() {
        return lines(5);
    }

    /** For a shell that shows only names. */
    String bare() {
        return lines(4);
    }

    private String lines(int columns) {
        return String.join("\n", rows.stream().map(row -> String.join("\t", row.subList(0, columns))).toList());
    }
}
