package dev.ganger.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What docs/cli.md tells: rows of tables that begin with a command in code are commands, rows that begin with an option in code are options of the
 * commands that the heading names.
 */
final class CommandLineDocument {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile("ganger( [a-z]+)+(?![^ ])");
    private static final String OF_EVERY_VERB = "## Options of every verb";

    private final Map<String, Map<String, Boolean>> options = new TreeMap<>();
    private final Map<String, Boolean> everywhere = new TreeMap<>();
    private final Set<String> mentioned = new TreeSet<>();

    CommandLineDocument(String text) {
        var about = List.<Map<String, Boolean>>of();
        for (var line : text.lines().toList()) {
            var code = CODE.matcher(line).results().map(found -> found.group(1).replace("\\|", "|")).toList();
            if (line.startsWith("#")) {
                about = line.equals(OF_EVERY_VERB) ? List.of(everywhere) : code.stream().map(this::command).toList();
            } else if (line.startsWith("| `ganger ")) {
                command(code.getFirst());
            } else if (line.startsWith("| `-")) {
                row(line, about);
            } else {
                code.stream().filter(each -> each.startsWith("-")).map(CommandLineDocument::firstWord).forEach(mentioned::add);
            }
        }
    }

    private Map<String, Boolean> command(String code) {
        var command = COMMAND.matcher(code.replaceFirst(" (?=[^a-z]).*", ""));
        if (!command.find()) {
            throw new AssertionError("Expected a command that begins with 'ganger' and a verb, found '" + code + "'");
        }
        return options.computeIfAbsent(command.group(), _ -> new TreeMap<>());
    }

    private static void row(String line, List<Map<String, Boolean>> about) {
        if (about.isEmpty()) {
            throw new AssertionError("Expected that the heading names the commands of this option: " + line);
        }
        var cell = line.split("(?<!\\\\)\\|")[1];
        var names = CODE.matcher(cell).results().map(found -> found.group(1)).toList();
        var takesValue = names.stream().anyMatch(name -> name.contains(" "));
        about.forEach(of -> names.forEach(name -> of.put(firstWord(name), takesValue)));
    }

    private static String firstWord(String code) {
        return code.split("[ =]")[0];
    }

    Set<String> commands() {
        return options.keySet();
    }

    /** Of a command, without those that every verb has. */
    Map<String, Boolean> options(String command) {
        return options.getOrDefault(command, Map.of());
    }

    Map<String, Boolean> everywhere() {
        return everywhere;
    }

    /** {@code ganger submit} and {@code ganger submit --array}, for all that is documented. */
    Set<String> names() {
        var names = new TreeSet<>(options.keySet());
        options.forEach((command, of) -> of.keySet().forEach(option -> names.add(command + " " + option)));
        return names;
    }

    /** Options that the text speaks of and no table has. */
    List<String> mentionedOnly() {
        var known = Stream.concat(options.values().stream(), Stream.of(everywhere)).flatMap(of -> of.keySet().stream()).toList();
        var left = new ArrayList<>(mentioned);
        left.removeAll(known);
        left.remove("--");
        return left;
    }
}
