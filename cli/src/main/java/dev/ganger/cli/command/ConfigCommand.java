package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Settings;
import dev.ganger.config.Setting;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the options of a program as they are in effect on this machine, and where each value came from. */
@Command(name = "config", customSynopsis = "ganger config [client|coordinator|agent]", description = {
        "Show the options in effect and where each value came from: of 'ganger' itself,",
        "or of a coordinator or an agent that is started here. A flag beats a variable",
        "beats a file beats the default. The files client.yaml, coordinator.yaml and",
        "agent.yaml are looked for in ~/.config/ganger ($XDG_CONFIG_HOME/ganger) and in",
        "/etc/ganger; key by key the first beats the second. GANGER_CONFIG,",
        "GANGER_COORDINATOR_CONFIG and GANGER_AGENT_CONFIG name other files."}, footer = {"",
                "Example: where the slots of an agent come from",
                "  ganger config agent | grep slots"})
final class ConfigCommand implements Verb {
    private static final String CLIENT = "client";

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "client|coordinator|agent", description = "Whose options. Default: client.")
    String program = CLIENT;

    ConfigCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        Settings.show(invocation.output(), program, settings());
        return 0;
    }

    private List<Setting> settings() {
        return switch (program) {
            case CLIENT -> invocation.settings();
            case "coordinator", "agent" -> OtherProgram.settings(program, invocation.surroundings().launcher());
            default -> throw Failure.usage("expected client, coordinator or agent, not '" + program + "'");
        };
    }
}
