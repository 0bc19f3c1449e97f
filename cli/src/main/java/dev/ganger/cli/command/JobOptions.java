package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Submission;
import dev.ganger.model.Argument;
import dev.ganger.model.Bytes;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.Order;
import dev.ganger.model.TaskCommand;
import dev.ganger.model.TaskLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a job is, as the options of submit and run say it. */
final class JobOptions {
    @Option(names = "--array", paramLabel = "FIRST-LAST[:STEP]", description = "A task for each index: 1-1000, 0-9:3, 1-100,200. {} and {#} stand for it.")
    @Nullable
    Indices array;

    @Option(names = "--each-line", paramLabel = "FILE|-", description = "A task for each line of the file, or of the standard input. {} stands for the line, {#} for its number.")
    @Nullable
    Bytes eachLine;

    @Option(names = "--env", paramLabel = "K=V", description = "A variable of the task's environment; may be given several times.")
    List<Bytes> environment = new ArrayList<>();

    @Option(names = "--cwd", paramLabel = "DIR", description = "The working directory on the agent. Default: an empty folder.")
    Bytes directory = Bytes.EMPTY;

    @Option(names = "--name", paramLabel = "NAME", description = "A name for people.")
    String name = "";

    @Option(names = "--key", paramLabel = "KEY", description = "The same key gives the same job, however often it is submitted. Default: a new one for each call.")
    @Nullable
    String key;

    @Option(names = "--priority", paramLabel = "N", description = "Larger goes first. Default: 0.")
    int priority;

    @Option(names = "--retries", paramLabel = "N", description = "How often a task that failed is tried again. Default: 0.")
    int retries;

    @Option(names = "--timeout", paramLabel = "D", description = "How long one attempt may run: 500ms, 10s, 1h30m.")
    @Nullable
    Duration timeout;

    @Option(names = "--grace", paramLabel = "D", description = "The time between TERM and KILL. Default: 10s.")
    Duration grace = Limits.DEFAULT_GRACE;

    @Option(names = "--output-limit", paramLabel = "SIZE|none", converter = OutputLimit.class, description = "The bytes kept of each stream: half from its start, the rest from its end. Default: 1G.")
    long outputLimit = Limits.OUTPUT_BYTES;

    @Option(names = "--no-wait", description = "If the queue is full, refuse now (exit code 6).")
    boolean noWait;

    @Option(names = "--submit-timeout", paramLabel = "D", description = "If the queue is full, refuse after this time (exit code 6).")
    @Nullable
    Duration submitTimeout;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The program and its arguments; after it, nothing is an option of Ganger.")
    List<Bytes> command = new ArrayList<>();

    /** Several tasks were asked for, even if it is only one in the end. */
    boolean several() {
        return array != null || eachLine != null;
    }

    Submission submission(Submission.Tasks tasks) {
        if (noWait && submitTimeout != null) {
            throw Failure.usage("--no-wait and --submit-timeout say different things; give one of them");
        }
        if (!directory.isEmpty() && directory.at(0) != '/') {
            throw Failure.usage("--cwd is a folder on the agent and begins with '/', not '" + directory + "'");
        }
        return new Submission(spec(), key == null ? UUID.randomUUID().toString() : key, tasks,
                noWait ? Duration.ZERO : submitTimeout);
    }

    private JobSpec spec() {
        try {
            var arguments = command.stream().map(this::argument).toList();
            var variables = environment.stream().map(JobOptions::variable).toList();
            return new JobSpec(new TaskCommand(arguments, variables, directory, Bytes.EMPTY), name, List.of(),
                    new Order(priority, 0, ""), FailurePolicy.DEFAULT.retrying(retries),
                    new TaskLimits(timeout, grace, outputLimit));
        } catch (IllegalArgumentException problem) {
            throw new Failure(Failure.Kind.USAGE, String.valueOf(problem.getMessage()), problem);
        }
    }

    private Argument argument(Bytes word) {
        return several() ? Argument.parse(word, false, false) : Argument.literal(word);
    }

    private static EnvironmentVariable variable(Bytes text) {
        var bytes = text.toByteArray();
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == '=') {
                return new EnvironmentVariable(Bytes.of(Arrays.copyOfRange(bytes, 0, i)),
                        Bytes.of(Arrays.copyOfRange(bytes, i + 1, bytes.length)));
            }
        }
        throw new IllegalArgumentException("--env takes NAME=VALUE, not '" + text + "'");
    }

    /** How the parser reads the limit. */
    static final class OutputLimit implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return Converters.checked(text, Converters::limit);
        }
    }
}
