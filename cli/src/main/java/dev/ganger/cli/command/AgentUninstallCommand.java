package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.install.AgentRemoval;
import dev.ganger.cli.install.Placement;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes agents off machines. */
@Command(name = "uninstall", customSynopsis = {"ganger agent uninstall [OPTION…] HOST…",
        "       ganger agent uninstall [OPTION…] --local"}, sortOptions = false, description = {
                "Take the agent off each of these machines: it finishes what it runs, then its",
                "service and programs are removed. Its configuration and data stay, and are", "named."}, footer = {"", "Example:",
                        "  ganger agent uninstall root@web-2 --purge"})
final class AgentUninstallCommand implements Verb {
    private final Invocation invocation;

    @Mixin
    HostOptions hosts = new HostOptions();

    @Option(names = "--purge", description = "Also remove what it keeps there, and the agent from the coordinator: it may never come back.")
    boolean purge;

    AgentUninstallCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        hosts.check();
        if (!purge) {
            return uninstall(_ -> {});
        }
        try (var coordinator = invocation.connect()) {
            return uninstall(name -> dismiss(coordinator, name));
        }
    }

    private int uninstall(Consumer<String> dismissal) {
        var placement = new Placement(hosts.prefix, "", "", List.of(), false);
        return new Installer(invocation).run(hosts,
                (way, watcher) -> new AgentRemoval(way, placement, purge, dismissal, watcher).remove());
    }

    /** Hosts are many at once. */
    private static void dismiss(Coordinator coordinator, String name) {
        synchronized (coordinator) {
            coordinator.agents().remove(name, "uninstalled");
        }
    }
}
