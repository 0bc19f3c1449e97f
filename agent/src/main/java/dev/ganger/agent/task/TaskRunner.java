package dev.ganger.agent.task;

import dev.ganger.agent.core.Assignment;
import dev.ganger.agent.core.Input;
import dev.ganger.agent.exec.CannotStart;
import dev.ganger.agent.exec.Child;
import dev.ganger.agent.exec.Launch;
import dev.ganger.agent.exec.Processes;
import dev.ganger.agent.output.TaskOutput;
import dev.ganger.json.JsonEntry;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts attempts as child processes and tells what becomes of them; called by the agent's one thread. */
public final class TaskRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private static final String ROSTER = "running";
    private static final int NO_PLACE = -1;

    private final Processes processes = Processes.open();
    private final TaskEnvironment environment;
    private final Roster roster;
    private final SlotFolders folders;
    private final Consumer<Input> inputs;
    private final Map<AttemptId, Running> running = new HashMap<>();

    /** A process and who watches it. */
    private record Running(Child child, TaskWatch watch) {}

    /**
     * Ends what a former life left in the folder. Inputs are given from any thread: Started, then Ended, for each attempt that was started.
     */
    public TaskRunner(String agent, Path folder, Consumer<Input> inputs) {
        this.environment = new TaskEnvironment(agent, TaskEnvironment.ofThisProcess());
        this.roster = afterFormerLife(folder.resolveSibling(ROSTER));
        this.folders = new SlotFolders(folder);
        this.inputs = inputs;
    }

    private Roster afterFormerLife(Path file) {
        try {
            var left = Processes.endLeft(environment.ofEveryTask(), Roster.left(file));
            if (left > 0) {
                LOG.warn("this agent was killed while tasks ran: what they left was ended, processes: {}", left);
            }
            return Roster.open(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot use " + file, failure);
        }
    }

    /** Gives what it writes to the output. */
    public void start(Assignment assignment, TaskOutput output) {
        var attempt = assignment.attempt();
        Path own = null;
        var place = NO_PLACE;
        try {
            var directory = assignment.spec().command().directory();
            if (directory.isEmpty()) {
                own = folders.take();
                directory = Bytes.of(own.toString().getBytes(StandardCharsets.UTF_8));
            }
            place = roster.enter(TaskEnvironment.mark(assignment));
            var watch = new TaskWatch(attempt, output, freeing(own, place), inputs);
            var child = processes.start(launch(assignment, directory), watch);
            running.put(attempt, new Running(child, watch));
            watch.started(child.pid(), Instant.now());
        } catch (CannotStart obstacle) {
            notStarted(attempt, freeing(own, place), obstacle.ending());
        } catch (IOException | IllegalArgumentException failure) {
            notStarted(attempt, freeing(own, place),
                    new Ending.CannotStart(Ending.Obstacle.OTHER, "cannot start: " + failure.getMessage()));
        }
    }

    private Runnable freeing(@Nullable Path folder, int place) {
        return () -> {
            if (place != NO_PLACE) {
                roster.leave(place);
            }
            if (folder != null) {
                folders.giveBack(folder);
            }
        };
    }

    private void notStarted(AttemptId attempt, Runnable afterwards, Ending.CannotStart ending) {
        afterwards.run();
        inputs.accept(new Input.Ended(attempt, Run.unseen(Instant.now(), ending)));
    }

    private Launch launch(Assignment assignment, Bytes directory) {
        var command = assignment.spec().command();
        var values = new JsonEntry(TaskEnvironment.entry(assignment), assignment.attempt().index());
        var arguments = command.arguments().stream().map(argument -> argument.fill(values)).toList();
        return new Launch(arguments, environment.of(assignment), directory, TaskEnvironment.mark(assignment),
                assignment.spec().limits().grace(), command.input());
    }

    /** Asks the tree of an attempt to end; nothing if it has. */
    public void end(AttemptId attempt) {
        var task = running.get(attempt);
        if (task != null) {
            task.watch().endAsked();
            task.child().end();
        }
    }

    /** To be told when Ended was heard. */
    public void forget(AttemptId attempt) {
        running.remove(attempt);
    }

    /** Whether what tasks write is read; from any thread, without waiting. */
    public void readOutput(boolean wanted) {
        processes.readOutput(wanted);
    }

    /** Ends everything that runs. */
    @Override
    public void close() {
        processes.close();
        roster.close();
    }
}
