package dev.ganger.agent;

import dev.ganger.agent.core.Input;
import dev.ganger.agent.link.Identity;
import dev.ganger.config.Folders;
import dev.ganger.model.AgentId;
import dev.ganger.model.Amounts;
import dev.ganger.model.Limits;
import dev.ganger.program.Signals;
import dev.ganger.program.Superuser;
import dev.ganger.program.Version;
import dev.ganger.wire.Address;
import dev.ganger.wire.Build;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ganger agent run}: works until STOP or a signal. */
@Command(name = "run", description = "Pull tasks from the coordinator and run them, until STOP. SIGTERM and SIGINT finish what runs, "
        + "a second one ends it now: it goes back to the queue.", footer = "Example: ganger agent run --coordinator queue.example:7411 --slots 8", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class AgentRun implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BUG = 70;

    @Option(names = "--coordinator", paramLabel = "HOST:PORT", defaultValue = "${env:GANGER_AGENT_COORDINATOR:-${env:GANGER_COORDINATOR:-localhost:7411}}", description = "Where the coordinator is. Else GANGER_COORDINATOR; else localhost:7411.")
    private String coordinator = "";

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "${env:GANGER_AGENT_NAME}", description = "The agent's name (default: the host's).")
    private @Nullable String name;

    @Option(names = "--slots", paramLabel = "N", defaultValue = "${env:GANGER_AGENT_SLOTS}", description = "Tasks at once (default: the number of CPUs).")
    private @Nullable Integer slots;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:GANGER_AGENT_DATA}", description = "Where the agent keeps its id, its tasks' folders and its spool "
            + "(default: /var/lib/ganger/agent/NAME for root, else ~/.local/share/ganger/agent/NAME).")
    private @Nullable Path data;

    @Option(names = "--spool-limit", paramLabel = "SIZE", defaultValue = "${env:GANGER_AGENT_SPOOL_LIMIT}", description = "How much output may wait here "
            + "for the coordinator, for example 512M or 4G: above 80 %% of it no task is pulled, and when it is full tasks wait in their writes "
            + "(default: the smaller of 4G and 10 %% of the disk).")
    private @Nullable String spoolLimit;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var agentName = name == null || name.isBlank() ? hostName() : name;
        var address = checked(() -> Address.parse(coordinator));
        var places = slots == null ? Runtime.getRuntime().availableProcessors() : slots;
        if (places < 1 || places > Limits.SLOTS) {
            throw usage("--slots is from 1 to %d, not %d".formatted(Limits.SLOTS, places));
        }
        var limit = spoolLimit == null || spoolLimit.isBlank() ? null : spoolLimit(spoolLimit);
        var where = data == null
                ? Path.of(Folders.data("agent/" + agentName.replace('/', '_'), System.getenv(), Superuser.runsThis()))
                : data;
        try (var folder = AgentFolder.open(where.toAbsolutePath())) {
            var id = checked(() -> new AgentId(agentName, folder.instance(), folder.start()));
            var identity = new Identity(id, places, ProcessHandle.current().pid(), Build.VERSION);
            return work(new Agent(address, identity, folder, limit == null ? folder.defaultSpoolLimit() : limit), identity,
                    where);
        } catch (IOException failure) {
            System.err.println("ganger: the agent cannot start: " + failure.getMessage());
            return FAILED;
        }
    }

    private long spoolLimit(String text) {
        var bytes = checked(() -> Amounts.bytes(text));
        if (bytes < AgentFolder.LEAST_SPOOL_BYTES) {
            throw usage("--spool-limit is 1M or more, not %s".formatted(text));
        }
        return bytes;
    }

    private int work(Agent agent, Identity identity, Path where) throws InterruptedException {
        var log = LoggerFactory.getLogger(AgentRun.class);
        if (Superuser.runsThis()) {
            log.warn("running as root: every task will be root on this machine");
        }
        log.info("agent {} with {} slots, data in {}", identity.id().name(), identity.slots(), where);
        drainOnSignals(agent, log);
        Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> {
            log.error("the agent must end: {} failed", thread.getName(), bug);
            Runtime.getRuntime().halt(BUG);
        });
        try (agent) {
            var refusal = agent.run();
            if (refusal != null) {
                System.err.println("ganger: the coordinator refused this agent: " + refusal);
                return FAILED;
            }
            log.info("agent {} ends", identity.id().name());
            return OK;
        }
    }

    private static void drainOnSignals(Agent agent, Logger log) {
        Signals.hear((signal, times) -> {
            log.info(times == 1
                    ? "{}: taking no more tasks; finishing what runs (again to end it now)"
                    : "{}: ending what runs; it goes back to the queue", signal);
            agent.hear(times == 1 ? new Input.Drain() : new Input.EndNow());
        });
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    /** Something that fails by a wrong option. */
    private interface Parse<T> {
        T get();
    }

    private <T> T checked(Parse<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException wrong) {
            throw usage(wrong.getMessage());
        }
    }

    private ParameterException usage(@Nullable String text) {
        if (spec == null) {
            throw new AssertionError("picocli sets it");
        }
        return new ParameterException(spec.commandLine(), text == null ? "wrong usage" : text);
    }
}
