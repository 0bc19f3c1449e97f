package dev.ganger.coordinator;

import dev.ganger.config.Choices;
import dev.ganger.program.SettingLines;
import dev.ganger.program.Superuser;
import dev.ganger.program.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ganger coordinator config}: what 'ganger config coordinator' shows. */
@Command(name = "config", hidden = true, description = "Print what a coordinator would be told, for 'ganger config coordinator': key, value, source and "
        + "origin on a line, with tabs between.", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class CoordinatorConfig implements Runnable {
    @Mixin
    private CoordinatorOptions options = new CoordinatorOptions();

    @Override
    public void run() {
        var environment = System.getenv();
        var choices = new Choices(CoordinatorOptions.configuration(environment));
        options.choose(choices, environment, Superuser.runsThis());
        SettingLines.print(choices.settings());
    }
}
