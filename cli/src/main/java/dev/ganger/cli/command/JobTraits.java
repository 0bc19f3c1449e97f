package dev.ganger.cli.command;

import dev.ganger.model.Job;
import dev.ganger.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose jobs by what their submitter said of them. */
final class JobTraits {
    @Option(names = "--name", paramLabel = "NAME", description = "Only jobs of this name; * stands for any characters, ? for any one.")
    @Nullable
    String name;

    @Option(names = "--tag", paramLabel = "K=V", description = "Only jobs with this tag; several: with each of them.")
    List<Tag> tags = new ArrayList<>();

    boolean isGiven() {
        return name != null || !tags.isEmpty();
    }

    boolean admit(Job job) {
        return job.tags().containsAll(tags) && (name == null || pattern(name).matcher(job.name()).matches());
    }

    private static Pattern pattern(String glob) {
        var pattern = glob.codePoints().mapToObj(Character::toString).map(each -> switch (each) {
            case "*" -> ".*";
            case "?" -> ".";
            default -> Pattern.quote(each);
        }).collect(Collectors.joining());
        return Pattern.compile(pattern, Pattern.DOTALL);
    }

    /** As it was asked for, each option behind a space. */
    String words() {
        var words = new StringBuilder();
        if (name != null) {
            words.append(" --name '").append(name).append('\'');
        }
        tags.forEach(tag -> words.append(" --tag ").append(tag));
        return words.toString();
    }
}
