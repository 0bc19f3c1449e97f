package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends the agents. */
@Command(name = "stop", customSynopsis = "ganger stop [--now]", description = "Put STOP behind what is queued, one for each agent, and wait until they are gone.", footer = {
        "", "Example: end the agents now; their tasks go back to the queue", "  ganger stop --now"})
final class StopCommand implements Verb {
    private final Invocation invocation;

    @Option(names = "--now", description = "Do not wait for what is queued; running tasks go back to the queue and use no retry.")
    boolean now;

    @Parameters(hidden = true)
    List<String> unexpected = new ArrayList<>();

    StopCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        if (!unexpected.isEmpty()) {
            throw Failure.usage("'stop' ends agents and takes no '" + unexpected.getFirst() + "': did you mean 'ganger cancel "
                    + String.join(" ", unexpected) + "'?");
        }
        try (var coordinator = invocation.connect()) {
            new Farewell(coordinator, invocation.output()).bid(now);
            return 0;
        }
    }
}
