package dev.ganger.cli.command;

import dev.ganger.cli.client.EntrySource;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Submission;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.Plans;
import dev.ganger.cli.view.Words;
import dev.ganger.json.JsonEntry;
import dev.ganger.model.Bytes;
import dev.ganger.model.Indices;
import dev.ganger.model.TaskValues;
import org.jspecify.annotations.Nullable;

/** Shows what a job would run, without submitting it. */
final class DryRun {
    private static final int SHOWN = 10;

    private final Invocation invocation;
    private final Output output;
    private final InputOptions inputs;

    DryRun(Invocation invocation, InputOptions inputs) {
        this.invocation = invocation;
        this.output = invocation.output();
        this.inputs = inputs;
    }

    /** Prints the first commands, and tells how many there are. */
    int show(Submission submission) {
        var count = switch (submission.tasks()) {
            case Submission.Single() -> showIndices(submission, Indices.of(1, 1));
            case Submission.Array(var indices) -> showIndices(submission, indices);
            case Submission.EachEntry(var entries) -> showEntries(submission, entries);
            case Submission.EachAgent() -> showAgents(submission);
        };
        output.flush();
        var shown = count > SHOWN ? ", of which the first " + SHOWN + " are shown" : "";
        output.note(Words.count(count, "task") + shown + "; nothing was submitted");
        return 0;
    }

    private long showIndices(Submission submission, Indices indices) {
        for (var ordinal = 0; ordinal < Math.min(SHOWN, indices.count()); ordinal++) {
            show(submission, ofIndex(indices.indexAt(ordinal)), null);
        }
        return indices.count();
    }

    private long showEntries(Submission submission, EntrySource source) {
        var count = 0L;
        try (var entries = source.open()) {
            for (var chunk = entries.nextChunk(); !chunk.isEmpty(); chunk = entries.nextChunk()) {
                for (var at = 0; at < chunk.size() && count + at < SHOWN; at++) {
                    show(submission, new JsonEntry(chunk.get(at), count + at + 1), null);
                }
                count += chunk.size();
            }
        }
        return count;
    }

    private long showAgents(Submission submission) {
        try (var coordinator = invocation.connect()) {
            var agents = coordinator.control().agents().stream().filter(agent -> agent.state().takesTasks())
                    .map(agent -> agent.id().name()).sorted().toList();
            if (agents.isEmpty()) {
                throw new Failure(Failure.Kind.NOT_ALLOWED,
                        "no agent is there that takes tasks, and each would get one; see 'ganger agents'");
            }
            for (var at = 0; at < Math.min(SHOWN, agents.size()); at++) {
                show(submission, ofIndex(at + 1), agents.get(at));
            }
            return agents.size();
        }
    }

    private static TaskValues ofIndex(long index) {
        return new JsonEntry(Bytes.utf8(Long.toString(index)), index);
    }

    private void show(Submission submission, TaskValues values, @Nullable String agent) {
        var command = submission.spec().command();
        var arguments = command.arguments().stream().map(argument -> argument.fill(values)).toList();
        var bound = agent == null && inputs.agent != null ? inputs.agent : agent;
        Plans.planned(output, new Plans.Planned(values.index(), bound, arguments, command.environment(), command.directory(),
                inputs.stdin, command.input().size()));
    }
}
