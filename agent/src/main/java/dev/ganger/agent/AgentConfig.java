package dev.ganger.agent;

import dev.ganger.config.Choices;
import dev.ganger.program.SettingLines;
import dev.ganger.program.Superuser;
import dev.ganger.program.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ganger agent config}: what 'ganger config agent' shows. */
@Command(name = "config", hidden = true, description = "Print what an agent would be told, for 'ganger config agent': key, value, source and "
        + "origin on a line, with tabs between.", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class AgentConfig implements Runnable {
    @Mixin
    private AgentOptions options = new AgentOptions();

    @Override
    public void run() {
        var environment = System.getenv();
        var choices = new Choices(AgentOptions.configuration(environment));
        options.choose(choices, environment, Superuser.runsThis());
        SettingLines.print(choices.settings());
    }
}
