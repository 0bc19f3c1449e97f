package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.install.AgentInstall;
import dev.ganger.cli.install.ConfigurationLines;
import dev.ganger.cli.install.Placement;
import dev.ganger.cli.install.Reception;
import dev.ganger.model.Bytes;
import dev.ganger.model.Labels;
import dev.ganger.model.Limits;
import dev.ganger.trust.TokenLine;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts agents on machines. */
@Command(name = "install", customSynopsis = {"ganger agent install [OPTION…] HOST…",
        "       ganger agent install [OPTION…] --local"}, sortOptions = false, description = {
                "Put an agent on each of these machines over ssh, and start it: as a service of",
                "systemd if there is one and ssh logs in as root (or --sudo), else by a script.",
                "Waits until the coordinator has met it. What is installed already is left", "alone, or upgraded."}, footer = {"",
                        "Example:",
                        "  ganger agent install root@web-1 root@web-2 --label zone=a"})
final class AgentInstallCommand implements Verb {
    /** An agent uses it at once. */
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final Invocation invocation;

    @Mixin
    HostOptions hosts = new HostOptions();

    @Option(names = "--name", paramLabel = "NAME", description = "The agent's name, if it is one machine. Default: the host's own.")
    String name = "";

    @Option(names = "--slots", paramLabel = "N", description = "Tasks at once. Default: as many as the machine has CPUs.")
    @Nullable
    Integer slots;

    @Option(names = "--label", paramLabel = "K=V", description = "What the agent is marked with; may be repeated.")
    List<String> labels = new ArrayList<>();

    @Option(names = "--user", paramLabel = "USER", description = "As whom it runs there. Default: ganger, which is made, as root; else who logs in.")
    String user = "";

    @Option(names = "--advertise", paramLabel = "HOST[:PORT]", description = "Where the agents find the coordinator. Default: where it says itself.")
    @Nullable
    Address advertise;

    @Option(names = "--archive", paramLabel = "FILE", description = "A published archive to install. Default: this ganger.")
    String archive = "";

    @Option(names = "--join", paramLabel = "TOKEN|@FILE|-", description = "With --local: join by this token, which 'ganger token create agent' printed, and ask no coordinator.")
    Bytes join = Bytes.EMPTY;

    AgentInstallCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        hosts.check();
        var marks = check();
        if (!name.isEmpty() && hosts.distinctHosts().size() > 1) {
            throw Failure.usage("--name is for one machine, and these are %d".formatted(hosts.distinctHosts().size()));
        }
        if (join.size() > 0) {
            return joinHere(marks);
        }
        try (var coordinator = invocation.connect()) {
            coordinator.greet();
            return invocation.destination().trust() instanceof Trust.Nobody
                    ? installInPlainText(marks, coordinator)
                    : install(lines(), marks, new CoordinatorReception(coordinator,
                            name -> coordinator.access().createAgentToken(name, 1, TOKEN_LIFE, new TreeMap<>())));
        }
    }

    /** Where neither ssh gets to nor anybody may ask the coordinator. */
    private int joinHere(Map<String, String> marks) {
        if (!hosts.local) {
            throw Failure.usage("--join is for --local; other machines get a token of their own each");
        }
        var token = new GivenToken(join, invocation.surroundings()).of(TokenLine.Kind.AGENT);
        return install(lines(), marks, new TokenReception(token.word()));
    }

    /** Nobody asks for a token, and the agent has to be told where it goes. */
    private int installInPlainText(Map<String, String> marks, Coordinator coordinator) {
        if (!hosts.local) {
            throw Failure.usage("--insecure is plain text, and only for this machine: --local; agents on other machines need a "
                    + "coordinator that was started without it");
        }
        return install(ConfigurationLines.inPlainText(invocation.destination().address().toString()), marks,
                new CoordinatorReception(coordinator, _ -> null));
    }

    private List<String> lines() {
        return advertise == null ? List.of() : ConfigurationLines.of(advertise.toString());
    }

    private int install(List<String> destination, Map<String, String> marks, Reception reception) {
        var placement = new Placement(hosts.prefix, user, name, ConfigurationLines.ofAgent(destination, slots, marks),
                !name.isEmpty() || slots != null || !marks.isEmpty() || advertise != null);
        var installer = new Installer(invocation);
        try (var packed = installer.archive(archive)) {
            return installer.run(hosts,
                    (way, watcher) -> new AgentInstall(way, placement, packed, reception, watcher).install());
        }
    }

    private Map<String, String> check() {
        if (slots != null && (slots < 1 || slots > Limits.SLOTS)) {
            throw Failure.usage("--slots is a number from 1 to %d, not %d".formatted(Limits.SLOTS, slots));
        }
        try {
            return Labels.parse(labels);
        } catch (IllegalArgumentException problem) {
            throw Failure.usage("--label: " + problem.getMessage());
        }
    }
}
