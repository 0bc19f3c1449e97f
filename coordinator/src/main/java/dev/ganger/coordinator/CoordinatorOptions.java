package dev.ganger.coordinator;

import dev.ganger.config.Choices;
import dev.ganger.config.Configuration;
import dev.ganger.config.Folders;
import dev.ganger.config.Keys;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.security.Authority;
import dev.ganger.model.Amounts;
import dev.ganger.program.OptionKeys;
import dev.ganger.wire.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said to a coordinator; what is not said as a flag is chosen elsewhere. */
final class CoordinatorOptions {
    private static final long MOST_TASKS = 1_000_000_000_000L;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where to listen; port 0: any free one, "
            + "written to the file 'address' in the data folder (default: localhost:7411).")
    private @Nullable String listen;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept (default: /var/lib/ganger/coordinator for root, "
            + "else ~/.local/share/ganger/coordinator).")
    private @Nullable String data;

    @Option(names = "--queue-limit", paramLabel = "N", description = "Tasks that are not finished, at most "
            + "(default: 10000000). A submit waits for room.")
    private @Nullable String queueLimit;

    @Option(names = "--queue-bytes", paramLabel = "SIZE", description = "Bytes of entries of unfinished jobs, at most (default: 4G).")
    private @Nullable String queueBytes;

    @Option(names = "--lease", paramLabel = "D", description = "How long tasks stay with an agent that is silent, before they run "
            + "elsewhere (default: 60s).")
    private @Nullable String lease;

    @Option(names = "--retain", paramLabel = "D", description = "How long finished jobs are kept, with their results and "
            + "output (default: 30d).")
    private @Nullable String retain;

    @Option(names = "--retain-bytes", paramLabel = "SIZE", description = "How much is kept on disk: with more, the jobs that "
            + "finished first are forgotten (default: no bound).")
    private @Nullable String retainBytes;

    @Option(names = "--advertise", paramLabel = "HOST[:PORT]", description = "Where others find this coordinator, which tokens tell them "
            + "(default: where it listens; if that is everywhere, the name of this machine).")
    private @Nullable String advertise;

    @Option(names = "--certificate-life", paramLabel = "D", description = "How long an agent's certificate is good; the agent renews it in the "
            + "middle of that (default: 7d).")
    private @Nullable String certificateLife;

    @Option(names = "--insecure", description = "Serve in plain text, on this machine only: every user of this machine can run "
            + "commands on every agent (default: false).")
    private @Nullable Boolean insecure;

    /** Everything that can be configured. */
    static Keys keys() {
        return OptionKeys.of("coordinator", new CoordinatorOptions(), Map.of());
    }

    /** What variables and files say. */
    static Configuration configuration(Map<String, String> environment) {
        return Configuration.read(keys(), environment, Configuration.SYSTEM);
    }

    CoordinatorSettings choose(Choices choices, Map<String, String> environment, boolean root) {
        var address = choices.value("listen", listen, "localhost:" + Address.DEFAULT_PORT, Address::parse);
        var folder = choices.folder("data", data, () -> Folders.data("coordinator", environment, root));
        var tasks = choices.value("queue-limit", queueLimit, "10000000", text -> Amounts.number(text, 1, MOST_TASKS));
        var bytes = choices.value("queue-bytes", queueBytes, "4G", CoordinatorOptions::queueBytes);
        var stay = choices.value("lease", lease, "60s", CoordinatorOptions::lease);
        var keep = choices.value("retain", retain, "30d", Amounts::duration);
        var keepBytes = choices.optional("retain-bytes", retainBytes, Amounts::bytes);
        return new CoordinatorSettings(address, folder, new Settings(tasks, bytes, stay, keep),
                keepBytes == null ? Long.MAX_VALUE : keepBytes, access(choices, environment, address));
    }

    private AccessSettings access(Choices choices, Map<String, String> environment, Address listen) {
        var told = choices.optional("advertise", advertise, CoordinatorOptions::advertised);
        var life = choices.value("certificate-life", certificateLife, "7d", CoordinatorOptions::life);
        var plain = choices.truth("insecure", insecure);
        return new AccessSettings(choices.checked("listen", () -> isPlain(listen, plain)), told, life,
                Path.of(Folders.configuration(environment)));
    }

    private static Address advertised(String text) {
        var address = Address.parse(text);
        return text.endsWith("]") || !text.contains(":") ? new Address(address.host(), 0) : address;
    }

    private static Duration life(String text) {
        var life = Amounts.duration(text);
        if (life.compareTo(Authority.LEAST_LIFE) < 0) {
            throw new IllegalArgumentException(
                    "expected %ds or more, not '%s'".formatted(Authority.LEAST_LIFE.toSeconds(), text));
        }
        return life;
    }

    private static long queueBytes(String text) {
        var bytes = Amounts.bytes(text);
        if (bytes < 1) {
            throw new IllegalArgumentException("expected a size of 1 or more, not '" + text + "'");
        }
        return bytes;
    }

    private static Duration lease(String text) {
        var lease = Amounts.duration(text);
        if (lease.compareTo(Settings.LEAST_LEASE) < 0) {
            throw new IllegalArgumentException(
                    "expected %dms or more, not '%s'".formatted(Settings.LEAST_LEASE.toMillis(), text));
        }
        return lease;
    }

    private static boolean isPlain(Address listen, boolean plain) {
        if (plain && !listen.isLoopback()) {
            throw new IllegalArgumentException(
                    "--insecure is for this machine only, and whoever reaches %s could run commands on every agent; leave --insecure away, or listen on localhost"
                            .formatted(listen));
        }
        return plain;
    }
}
