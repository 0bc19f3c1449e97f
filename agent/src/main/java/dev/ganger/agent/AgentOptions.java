package dev.ganger.agent;

import dev.ganger.config.Choices;
import dev.ganger.config.Configuration;
import dev.ganger.config.Folders;
import dev.ganger.config.Keys;
import dev.ganger.model.AgentId;
import dev.ganger.model.Amounts;
import dev.ganger.model.Labels;
import dev.ganger.model.Limits;
import dev.ganger.program.OptionKeys;
import dev.ganger.trust.TokenLine;
import dev.ganger.wire.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said to an agent; what is not said as a flag is chosen elsewhere. */
final class AgentOptions {
    @Option(names = "--coordinator", paramLabel = "HOST:PORT", description = "Where the coordinator is (default: where the "
            + "agent has joined, else localhost:7411). "
            + "GANGER_COORDINATOR says it too.")
    private @Nullable String coordinator;

    @Option(names = "--join", paramLabel = "TOKEN|@FILE|-", description = "The token that lets this agent in, as 'ganger token create agent' "
            + "prints it; @FILE or - read it from a file or from the input. Needed once: then the agent is known (default: none; a coordinator "
            + "of the same user on this machine lets its agents in by itself).")
    private @Nullable String join;

    @Option(names = "--insecure", description = "Plain text, as the coordinator was told to speak; on this machine only (default: false).")
    private @Nullable Boolean insecure;

    @Option(names = "--name", paramLabel = "NAME", description = "The agent's name (default: the host's).")
    private @Nullable String name;

    @Option(names = "--slots", paramLabel = "N", description = "Tasks at once (default: the number of CPUs).")
    private @Nullable String slots;

    @Option(names = "--label", paramLabel = "K=V", description = "What this agent is marked with, for example zone=a; may be repeated. "
            + "In agent.yaml a map, in GANGER_AGENT_LABEL with commas between (default: none).")
    private List<String> labels = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "Where the agent keeps its id, its tasks' folders and its spool "
            + "(default: /var/lib/ganger/agent/NAME for root, else ~/.local/share/ganger/agent/NAME).")
    private @Nullable String data;

    @Option(names = "--spool-limit", paramLabel = "SIZE", description = "How much output may wait here "
            + "for the coordinator, for example 512M or 4G: above 80 %% of it no task is pulled, and when it is full tasks wait in their writes "
            + "(default: the smaller of 4G and 10 %% of the disk).")
    private @Nullable String spoolLimit;

    @Option(names = "--drain-timeout", paramLabel = "D", description = "How long what runs may take to finish after a first SIGTERM or SIGINT, or after STOP; "
            + "then it is ended and goes back to the queue, as after a second signal (default: as long as it takes).")
    private @Nullable String drainTimeout;

    /** Everything that can be configured. */
    static Keys keys() {
        return OptionKeys.of("agent", new AgentOptions(), Map.of("coordinator", "GANGER_COORDINATOR"));
    }

    /** What variables and files say. */
    static Configuration configuration(Map<String, String> environment) {
        return Configuration.read(keys(), environment, Configuration.SYSTEM);
    }

    AgentSettings choose(Choices choices, Map<String, String> environment, boolean root) {
        var token = choices.secret("join", join, AgentOptions::token);
        var own = choices.value("name", name, () -> nameFor(token), AgentOptions::validName);
        var places = choices.value("slots", slots, Integer.toString(Runtime.getRuntime().availableProcessors()),
                text -> (int) Amounts.number(text, 1, Limits.SLOTS));
        var marks = choices.pairs("label", labels, Labels::parse);
        var folder = choices.folder("data", data,
                () -> Folders.data("agent/" + own.replace('/', '_'), environment, root));
        var address = choices.value("coordinator", coordinator, () -> defaultCoordinator(token, folder), Address::parse);
        var open = choices.truth("insecure", insecure);
        choices.checked("insecure", () -> checkedInsecure(open, address));
        var spool = choices.value("spool-limit", spoolLimit, () -> defaultSpoolLimit(folder), AgentOptions::validSpoolLimit);
        var drain = choices.optional("drain-timeout", drainTimeout, Amounts::duration);
        return new AgentSettings(address, token, open, own, places, marks, folder, spool, drain);
    }

    private static TokenLine token(String text) {
        var token = TokenLine.parse(GivenToken.read(text));
        if (token.kind() != TokenLine.Kind.AGENT) {
            throw new IllegalArgumentException(
                    "this token is for a user, for 'ganger login'; 'ganger token create agent' makes one for an agent");
        }
        return token;
    }

    private static String nameFor(@Nullable TokenLine token) {
        return token == null || token.name().isEmpty() ? hostName() : token.name();
    }

    private static String defaultCoordinator(@Nullable TokenLine token, Path folder) {
        if (token != null) {
            return token.address();
        }
        var joined = Entrance.joinedAt(AgentFolder.credentials(folder));
        return joined == null ? "localhost:" + Address.DEFAULT_PORT : joined.toString();
    }

    private static boolean checkedInsecure(boolean open, Address address) {
        if (open && !address.isLoopback()) {
            throw new IllegalArgumentException(
                    "plain text is for this machine only, not for %s; leave --insecure out, and join with a token"
                            .formatted(address));
        }
        return open;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    private static String validName(String text) {
        return new AgentId(text, new UUID(0, 0), 1).name();
    }

    private static String defaultSpoolLimit(Path folder) {
        var bytes = AgentFolder.defaultSpoolLimit(folder);
        return bytes % (1L << 30) == 0 ? (bytes >> 30) + "G" : (bytes >> 20) + "M";
    }

    private static long validSpoolLimit(String text) {
        var bytes = Amounts.bytes(text);
        if (bytes < AgentFolder.LEAST_SPOOL_BYTES) {
            throw new IllegalArgumentException("expected a size of 1M or more, not '" + text + "'");
        }
        return bytes;
    }
}
