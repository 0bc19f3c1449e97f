package dev.ganger.agent;

import dev.ganger.agent.core.Input;
import dev.ganger.agent.link.Identity;
import dev.ganger.agent.link.Refusal;
import dev.ganger.config.Choices;
import dev.ganger.config.Folders;
import dev.ganger.model.AgentId;
import dev.ganger.program.Readiness;
import dev.ganger.program.Signals;
import dev.ganger.program.Superuser;
import dev.ganger.program.Version;
import dev.ganger.trust.Contexts;
import dev.ganger.wire.Build;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ganger agent run}: works until STOP or a signal. */
@Command(name = "run", description = "Pull tasks from the coordinator and run them, until STOP. SIGTERM and SIGINT finish what runs, "
        + "a second one (or --drain-timeout) ends it now: it goes back to the queue.", footer = {"",
                "Each option is also a key in agent.yaml (spool-limit: 4G), which is looked for in ~/.config/ganger and "
                        + "/etc/ganger, and a variable (GANGER_AGENT_SPOOL_LIMIT). A flag beats a variable beats a file. GANGER_AGENT_CONFIG "
                        + "names another file; 'ganger config agent' shows what is in effect.",
                "",
                "Example:",
                "  ganger agent run --coordinator queue.example:7411 --slots 8"}, mixinStandardHelpOptions = true, versionProvider = Version.class)
final class AgentRun implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 5;
    private static final int BUG = 70;

    @Mixin
    private AgentOptions options = new AgentOptions();

    @Override
    public Integer call() throws InterruptedException {
        var log = LoggerFactory.getLogger(AgentRun.class);
        var environment = System.getenv();
        var configuration = AgentOptions.configuration(environment);
        var settings = options.choose(new Choices(configuration), environment, Superuser.runsThis());
        if (!configuration.unknownVariables().isEmpty()) {
            log.warn("variables that say nothing to an agent are passed over: {}", configuration.unknownVariables());
        }
        if (settings.insecure()) {
            log.warn("--insecure: plain text; whoever can listen on this machine's loopback sees all, and nobody is known");
        }
        try (var folder = AgentFolder.open(settings.data())) {
            var id = new AgentId(settings.name(), folder.instance(), folder.start());
            return enter(settings, id, folder, environment, log);
        } catch (IOException failure) {
            System.err.println("ganger: the agent cannot start: " + failure.getMessage());
            return FAILED;
        }
    }

    private static int enter(AgentSettings settings, AgentId id, AgentFolder folder, Map<String, String> environment, Logger log)
            throws IOException, InterruptedException {
        var entrance = new Entrance(settings, id, folder.credentials(), Contexts.of(Path.of(Folders.configuration(environment))));
        return switch (pass(entrance, log)) {
            case Admission.Granted(var trust) -> {
                var identity = new Identity(id, settings.slots(), ProcessHandle.current().pid(), Build.VERSION,
                        settings.labels());
                yield work(new Agent(settings, identity, folder, trust), identity, settings, log);
            }
            case Admission.Refused(var refusal) -> refused(refusal);
            case Admission.Awaited _ -> OK;
        };
    }

    /** Awaited only if a signal came meanwhile. */
    private static Admission pass(Entrance entrance, Logger log) throws IOException {
        var waiting = Thread.currentThread();
        Signals.hear((signal, _) -> {
            log.info("{}: ending; the agent had not joined yet", signal);
            waiting.interrupt();
        });
        try {
            return entrance.pass();
        } catch (InterruptedException _) {
            return new Admission.Awaited("the coordinator");
        }
    }

    /** What may pass is a failure: whoever starts agents tries again. */
    private static int refused(Refusal refusal) {
        System.err.println("ganger: the coordinator refused this agent: " + refusal.why());
        return refusal.passing() ? FAILED : REFUSED;
    }

    private static int work(Agent agent, Identity identity, AgentSettings settings, Logger log) throws InterruptedException {
        if (Superuser.runsThis()) {
            log.warn("running as root: every task will be root on this machine");
        }
        log.info("agent {} with {} slots, data in {}", identity.id().name(), identity.slots(), settings.data());
        drainOnSignals(agent, log);
        Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> {
            log.error("the agent must end: {} failed", thread.getName(), bug);
            Runtime.getRuntime().halt(BUG);
        });
        try (agent) {
            var refusal = agent.run();
            if (refusal != null) {
                return refused(refusal);
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
            Readiness.ofThisProcess().stopping(signal + (times == 1 ? ": finishing what runs" : ": ending what runs"));
            agent.hear(times == 1 ? new Input.Drain() : new Input.EndNow());
        });
    }
}
