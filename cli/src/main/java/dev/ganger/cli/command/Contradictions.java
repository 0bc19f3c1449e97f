package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options that say different things about the same, or nothing without another. */
final class Contradictions {
    private Contradictions() {}

    /** Throws a Failure that names both. */
    static void check(JobOptions job, WaitingOptions waiting) {
        var inputs = job.inputs;
        oneOf("both say which tasks there are", sources(inputs));
        oneOf("both read the standard input", readers(inputs));
        both("both say where tasks run", "--each-agent", inputs.eachAgent, "--on", inputs.agent != null);
        both("both say how many tasks run at once", "--array with '%'", inputs.array != null && inputs.array.maxRunning() != null,
                "--max-running", job.order.maxRunning != null);
        both("say different things", "--no-wait", waiting.noWait, "--submit-timeout", waiting.submitTimeout != null);
        both("say different things", "--dry-run", inputs.dryRun, "--wait",
                waiting instanceof WaitingOptions.OfSubmit ofSubmit && ofSubmit.wait);
        needs("-0", inputs.nul, "--each-line, which says what ends with NUL", inputs.eachLine != null);
        needs("--retry-on", job.failure.retryOn != null, "--retries, which says how often", job.failure.retries != 0);
        needs("--backoff", job.failure.backoff != null, "--retries, which says how often", job.failure.retries != 0);
    }

    private static Map<String, Boolean> sources(InputOptions inputs) {
        var sources = new LinkedHashMap<String, Boolean>();
        sources.put("--array", inputs.array != null);
        sources.put("--each-line", inputs.eachLine != null);
        sources.put("--from-json", inputs.fromJson != null);
        sources.put("--each-agent", inputs.eachAgent);
        return sources;
    }

    private static Map<String, Boolean> readers(InputOptions inputs) {
        var readers = new LinkedHashMap<String, Boolean>();
        readers.put("--each-line -", Operand.isStandardInput(inputs.eachLine));
        readers.put("--from-json -", Operand.isStandardInput(inputs.fromJson));
        readers.put("--stdin -", Operand.isStandardInput(inputs.stdin));
        readers.put("--env-file -", inputs.environmentFiles.stream().anyMatch(Operand::isStandardInput));
        return readers;
    }

    private static void oneOf(String what, Map<String, Boolean> options) {
        var given = options.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
        if (given.size() > 1) {
            throw contradiction(given.getFirst(), given.get(1), what);
        }
    }

    private static void both(String what, String first, boolean firstGiven, String second, boolean secondGiven) {
        if (firstGiven && secondGiven) {
            throw contradiction(first, second, what);
        }
    }

    private static Failure contradiction(String first, String second, String what) {
        return Failure.usage(first + " and " + second + " " + what + "; give one of them");
    }

    private static void needs(String option, boolean given, String other, boolean otherGiven) {
        if (given && !otherGiven) {
            throw Failure.usage(option + " needs " + other + "; give it too, or leave " + option + " out");
        }
    }
}
