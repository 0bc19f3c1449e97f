package dev.ganger.cli.command;

import dev.ganger.reference.Nearest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Asks whether a verb or an option was meant that is there. */
final class Suggestions {
    /** Our verbs, and what others call them. */
    private static final Map<String, String> ELSEWHERE = named(Map.ofEntries(
            Map.entry("submit", "sbatch qsub enqueue put add"),
            Map.entry("run", "srun exec"),
            Map.entry("status", "info"),
            Map.entry("jobs", "ps ls list squeue qstat job"),
            Map.entry("tasks", "task"),
            Map.entry("show", "describe get inspect"),
            Map.entry("agents", "nodes workers sinfo"),
            Map.entry("wait", "join"),
            Map.entry("logs", "output cat tail"),
            Map.entry("results", "result fetch"),
            Map.entry("cancel", "kill scancel qdel abort"),
            Map.entry("forget", "rm delete purge"),
            Map.entry("retry", "requeue rerun restart"),
            Map.entry("hold", "pause suspend"),
            Map.entry("release", "resume unhold"),
            Map.entry("why", "explain"),
            Map.entry("stop", "shutdown terminate quit"),
            Map.entry("coordinator run", "server master serve"),
            Map.entry("agent run", "worker"),
            Map.entry("verify", "fsck check scrub"),
            Map.entry("config", "settings")));

    private Suggestions() {}

    private static Map<String, String> named(Map<String, String> verbs) {
        var elsewhere = new TreeMap<String, String>();
        verbs.forEach((verb, names) -> List.of(names.split(" ")).forEach(name -> elsewhere.put(name, verb)));
        return elsewhere;
    }

    /** The question, or nothing if nothing there is near. */
    static String of(UnmatchedArgumentException problem) {
        var line = problem.getCommandLine();
        var typed = Converters.text(problem.getUnmatched().getFirst());
        if (problem.isUnknownOption()) {
            var names = line.getCommandSpec().options().stream().filter(each -> !each.hidden()).map(OptionSpec::longestName)
                    .toList();
            return Nearest.question(typed.replaceFirst("=.*", ""), names);
        }
        return line.getParent() == null ? ofVerb(typed) : "";
    }

    static String ofVerb(String typed) {
        if (Verbs.allNames().contains(typed) && !Verbs.names().contains(typed)) {
            return "; call it as 'ganger " + typed + "', with its options behind it";
        }
        var verb = ELSEWHERE.get(typed);
        var there = Verbs.allNames();
        return verb != null && there.contains(verb) ? Nearest.question(verb, List.of(verb)) : Nearest.question(typed, there);
    }
}
