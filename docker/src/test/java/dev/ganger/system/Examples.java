package dev.ganger.system;

import dev.ganger.reference.Usage;
import dev.ganger.reference.Usage.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls of ganger as people write them down, compared with what the programs understand. */
final class Examples {
    /** Up to where a shell would end the command. */
    private static final Pattern CALL = Pattern.compile("(?<![\\w/.-])(?:\\./|bin/)?ganger +([^|;&)<>#\"]*)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```\\w*$(.*?)^ *```$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    private final Map<String, Usage> usages = new TreeMap<>();

    Examples(List<Usage> usages) {
        usages.forEach(usage -> this.usages.put(usage.command(), usage));
    }

    /** What is in code in a text of Markdown. */
    static List<String> inMarkdown(String text) {
        var fenced = FENCED.matcher(text).results().flatMap(found -> found.group(1).lines());
        var inline = CODE.matcher(FENCED.matcher(text).replaceAll("")).results().map(found -> found.group(1));
        return Stream.concat(fenced, inline).toList();
    }

    /** The names in these lines that no program knows. */
    List<String> unknown(List<String> lines) {
        var unknown = new ArrayList<String>();
        for (var line : lines) {
            CALL.matcher(line).results().map(found -> found.group(1).strip()).filter(call -> !call.isEmpty())
                    .forEach(call -> unknownIn(List.of(call.split(" +")), unknown));
        }
        return unknown;
    }

    private void unknownIn(List<String> words, List<String> unknown) {
        var command = "ganger";
        var awaitsValue = false;
        for (var word : words) {
            var usage = usages.get(command);
            if (awaitsValue) {
                awaitsValue = false;
            } else if (word.equals("--") || usage == null) {
                return;
            } else if (word.startsWith("-")) {
                awaitsValue = awaitsValue(usage, word, unknown);
            } else if (usages.containsKey(command + " " + word)) {
                command = command + " " + word;
            } else {
                if (isGroup(command) && word.matches("[a-z-]+")) {
                    unknown.add(command + " " + word);
                }
                if (isGroup(command) || usage.operands().stream().anyMatch(operand -> operand.label().equals("COMMAND"))) {
                    return;
                }
            }
        }
    }

    private boolean awaitsValue(Usage usage, String word, List<String> unknown) {
        var name = word.split("=")[0];
        var option = usage.options().stream().filter(each -> each.names().contains(name)).findFirst();
        if (option.isEmpty()) {
            unknown.add(usage.command() + " " + name);
        }
        return option.filter(Option::takesValue).isPresent() && !word.contains("=");
    }

    private boolean isGroup(String command) {
        return usages.keySet().stream().anyMatch(other -> other.startsWith(command + " "));
    }

    /** All but those that only have others below them. */
    List<Usage> commands() {
        return usages.values().stream().filter(usage -> !isGroup(usage.command())).collect(Collectors.toList());
    }
}
