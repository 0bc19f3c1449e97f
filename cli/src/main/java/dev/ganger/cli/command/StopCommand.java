package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends the agents. */
@Command(name = "stop", customSynopsis = "ganger stop [--now] [--skip]", sortOptions = false, description = {
        "Put STOP behind what is queued, one for each agent, and wait until they are",
        "gone. Exit code 5: something in front of it would never start by itself, such", "as held tasks."}, footer = {"",
                "Example: end the agents now; their tasks go back to the queue", "  ganger stop --now"})
final class StopCommand implements Verb {
    private final Invocation invocation;

    @Option(names = "--now", description = "Do not wait for what is queued; running tasks go back to the queue and use no retry.")
    boolean now;

    @Option(names = "--skip", description = "Do not wait for tasks that would never start by themselves: held ones, and those for an agent that is not there. They stay queued.")
    boolean skip;

    @Parameters(hidden = true)
    List<String> unexpected = new ArrayList<>();

    StopCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        if (!unexpected.isEmpty()) {
            throw Failure.usage("'stop' ends agents and takes no '%s': did you mean 'ganger %s %s'?".formatted(
                    unexpected.getFirst(), isJob(unexpected.getFirst()) ? "cancel" : "agent stop", String.join(" ", unexpected)));
        }
        try (var coordinator = invocation.connect()) {
            new Farewell(coordinator, invocation.output()).bid(now, skip);
            return 0;
        }
    }

    private static boolean isJob(String text) {
        try {
            Target.parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
