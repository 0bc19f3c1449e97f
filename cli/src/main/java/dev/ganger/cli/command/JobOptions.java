package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Submission;
import dev.ganger.model.Argument;
import dev.ganger.model.Bytes;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.Order;
import dev.ganger.model.TaskCommand;
import dev.ganger.model.TaskLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** What a job is, as the options of submit and run say it. */
final class JobOptions {
    @ArgGroup(validate = false, order = 1, heading = "%nInputs%n")
    InputOptions inputs = new InputOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nIdentity%n")
    IdentityOptions identity = new IdentityOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nOrder%n")
    OrderOptions order = new OrderOptions();

    @ArgGroup(validate = false, order = 4, heading = "%nFailure%n")
    FailureOptions failure = new FailureOptions();

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The program and its arguments; after it, nothing is an option of Ganger.")
    List<Bytes> command = new ArrayList<>();

    /** The job, as far as it can be checked here. Reads what its tasks are given, but no entries. */
    Submission submission(WaitingOptions waiting, Surroundings surroundings, EntryProgress progress) {
        Contradictions.check(this, waiting);
        return new Submission(spec(surroundings), key(), tasks(surroundings, progress), waiting.patience());
    }

    private Submission.Tasks tasks(Surroundings surroundings, EntryProgress progress) {
        if (inputs.array != null) {
            return new Submission.Array(inputs.array.indices());
        }
        if (inputs.eachAgent) {
            return new Submission.EachAgent();
        }
        if (inputs.eachLine != null) {
            return new Submission.EachEntry(EntryFile.lines(new Operand(inputs.eachLine, surroundings), inputs.nul, progress));
        }
        if (inputs.fromJson != null) {
            return new Submission.EachEntry(EntryFile.json(new Operand(inputs.fromJson, surroundings), fields(), progress));
        }
        return new Submission.Single();
    }

    private List<String> fields() {
        return CommandWords.fields(arguments());
    }

    private List<Argument> arguments() {
        return CommandWords.arguments(command, inputs);
    }

    private String key() {
        var key = identity.key;
        if (key == null) {
            return UUID.randomUUID().toString();
        }
        if (key.isEmpty() || key.length() > Limits.NAME_LENGTH) {
            throw Failure.usage("a key has 1 to %d characters, this one has %d".formatted(Limits.NAME_LENGTH, key.length()));
        }
        return key;
    }

    private JobSpec spec(Surroundings surroundings) {
        var directory = inputs.directory;
        if (!directory.isEmpty() && directory.at(0) != '/') {
            throw Failure.usage("--cwd is a folder on the agent and begins with '/', not '" + directory + "'");
        }
        var environment = Environment.of(inputs, surroundings);
        var input = input(surroundings);
        try {
            var command = new TaskCommand(arguments(), environment, directory, input);
            return new JobSpec(command, identity.name, identity.tags, order(), failurePolicy(),
                    new TaskLimits(failure.timeout, failure.grace, failure.outputLimit));
        } catch (IllegalArgumentException problem) {
            throw new Failure(Failure.Kind.USAGE, String.valueOf(problem.getMessage()), problem);
        }
    }

    private Bytes input(Surroundings surroundings) {
        if (inputs.stdin == null) {
            return Bytes.EMPTY;
        }
        var file = new Operand(inputs.stdin, surroundings);
        var content = file.read(Limits.INPUT_BYTES);
        if (content.length > Limits.INPUT_BYTES) {
            throw Failure
                    .usage("%s is too long for --stdin: a task reads at most %d bytes; give larger inputs by name, as an argument"
                            .formatted(file, Limits.INPUT_BYTES));
        }
        return Bytes.wrap(content);
    }

    private Order order() {
        var atOnce = inputs.array != null && inputs.array.maxRunning() != null ? inputs.array.maxRunning() : order.maxRunning;
        if (atOnce != null && atOnce < 1) {
            throw Failure.usage("--max-running is 1 or more, not " + atOnce);
        }
        if (inputs.agent != null && inputs.agent.isEmpty()) {
            throw Failure.usage("--on takes the name of an agent, not ''; see 'ganger agents'");
        }
        return new Order(order.priority, atOnce == null ? 0 : atOnce, inputs.agent == null ? "" : inputs.agent);
    }

    private FailurePolicy failurePolicy() {
        return new FailurePolicy(failure.retries, failure.retryOn == null ? List.of() : failure.retryOn.ranges(), failure.backoff,
                failure.maxFailures, failure.crashLimit);
    }
}
