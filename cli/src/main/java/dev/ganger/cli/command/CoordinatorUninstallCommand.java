package dev.ganger.cli.command;

import dev.ganger.cli.install.CoordinatorRemoval;
import dev.ganger.cli.install.Placement;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes the coordinator off this machine. */
@Command(name = "uninstall", customSynopsis = "ganger coordinator uninstall [OPTION…]", sortOptions = false, description = {
        "Take the coordinator off this machine: its service and programs are removed.",
        "Its configuration and its queues stay, and are named."}, footer = {"", "Example:",
                "  sudo ganger coordinator uninstall"})
final class CoordinatorUninstallCommand implements Verb {
    private final Invocation invocation;

    @Option(names = "--prefix", paramLabel = "DIR", description = "Where the programs are. Default: /opt/ganger as root, else ~/.local/lib/ganger.")
    String prefix = "";

    @Option(names = "--purge", description = "Also remove its queues, results and output: nothing can bring them back.")
    boolean purge;

    CoordinatorUninstallCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        HostOptions.checkPrefix(prefix);
        var placement = new Placement(prefix, "", "", List.of(), false);
        return new Installer(invocation).run(CoordinatorInstallCommand.here(),
                (way, _) -> new CoordinatorRemoval(way, placement, purge).remove());
    }
}
