package dev.ganger.cli.command;

import dev.ganger.cli.install.ConfigurationLines;
import dev.ganger.cli.install.CoordinatorInstall;
import dev.ganger.cli.install.Placement;
import dev.ganger.wire.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the coordinator a service of this machine. */
@Command(name = "install", customSynopsis = "ganger coordinator install [OPTION…]", sortOptions = false, description = {
        "Install the coordinator on this machine and start it: as a service of systemd",
        "if there is one and you are root, else by a script. Whoever asks for it",
        "becomes its first admin. What is installed already is left alone, or upgraded."}, footer = {"", "Example:",
                "  sudo ganger coordinator install --advertise queue.example"})
final class CoordinatorInstallCommand implements Verb {
    private final Invocation invocation;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where it listens. Default: 0.0.0.0:7411, which is everywhere.")
    @Nullable
    Address listen;

    @Option(names = "--advertise", paramLabel = "HOST[:PORT]", description = "Where agents and people find it. Default: as this machine is called.")
    @Nullable
    String advertise;

    @Option(names = "--prefix", paramLabel = "DIR", description = "Where the programs are. Default: /opt/ganger as root, else ~/.local/lib/ganger.")
    String prefix = "";

    @Option(names = "--archive", paramLabel = "FILE", description = "A published archive to install. Default: this ganger.")
    String archive = "";

    CoordinatorInstallCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        HostOptions.checkPrefix(prefix);
        var everywhere = "0.0.0.0:" + Address.DEFAULT_PORT;
        var lines = ConfigurationLines.ofCoordinator(listen == null ? everywhere : listen.toString(), advertise);
        var placement = new Placement(prefix, "", "", lines, listen != null || advertise != null);
        var installer = new Installer(invocation);
        try (var packed = installer.archive(archive)) {
            return installer.run(here(),
                    (way, watcher) -> new CoordinatorInstall(way, placement, packed, caller(), watcher).install());
        }
    }

    /** Only ever this machine. */
    static HostOptions here() {
        var here = new HostOptions();
        here.local = true;
        return here;
    }

    /** Who asked for it, also by sudo. */
    private String caller() {
        var environment = invocation.surroundings().environment();
        return environment.getOrDefault("SUDO_USER", System.getProperty("user.name"));
    }
}
