package dev.ganger.coordinator;

import dev.ganger.config.Choices;
import dev.ganger.coordinator.security.AuthorityFolder;
import dev.ganger.coordinator.store.StoreException;
import dev.ganger.program.Readiness;
import dev.ganger.program.Signals;
import dev.ganger.program.Superuser;
import dev.ganger.program.Version;
import dev.ganger.wire.Build;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ganger coordinator run}: serves until a signal. */
@Command(name = "run", description = "Hold the task queue and the done queue and serve them. SIGTERM and SIGINT end it; everything is back at the "
        + "next start, and what runs on agents goes on meanwhile.", footer = {"",
                "Each option is also a key in coordinator.yaml (queue-limit: 1000), which is looked for in ~/.config/ganger and "
                        + "/etc/ganger, and a variable (GANGER_COORDINATOR_QUEUE_LIMIT). A flag beats a variable beats a file. "
                        + "GANGER_COORDINATOR_CONFIG names another file; 'ganger config coordinator' shows what is in effect.",
                "",
                "Example:",
                "  ganger coordinator run --listen localhost:7411"}, sortOptions = false, mixinStandardHelpOptions = true, versionProvider = Version.class)
final class CoordinatorRun implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BUG_OR_BROKEN_DISK = 70;

    @Mixin
    private CoordinatorOptions options = new CoordinatorOptions();

    @Override
    public Integer call() throws InterruptedException {
        var log = LoggerFactory.getLogger(CoordinatorRun.class);
        var environment = System.getenv();
        var configuration = CoordinatorOptions.configuration(environment);
        var settings = options.choose(new Choices(configuration), environment, Superuser.runsThis());
        if (!configuration.unknownVariables().isEmpty()) {
            log.warn("variables that say nothing to a coordinator are passed over: {}", configuration.unknownVariables());
        }
        if (settings.access().insecure()) {
            log.warn("--insecure: plain text on {}; every user of this machine can run commands on every agent",
                    settings.listen());
        }
        try {
            return serve(settings, log);
        } catch (StoreException | AuthorityFolder.Damaged failure) {
            System.err.println("ganger: the coordinator cannot start: " + failure.getMessage());
            return FAILED;
        } catch (IOException failure) {
            System.err.println("ganger: the coordinator cannot start: " + sentence(failure, settings));
            return FAILED;
        }
    }

    private static String sentence(IOException failure, CoordinatorSettings settings) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException && String.valueOf(each.getMessage()).contains("in use")) {
                return "something else listens on %s; give it another port with --listen".formatted(settings.listen());
            }
        }
        return "%s; may it listen on %s, and write into the folder %s?".formatted(cause(failure), settings.listen(),
                settings.data());
    }

    private static String cause(IOException failure) {
        return failure.getCause() == null
                ? String.valueOf(failure.getMessage())
                : failure.getMessage() + ": " + failure.getCause();
    }

    private static int serve(CoordinatorSettings settings, Logger log) throws IOException, InterruptedException {
        var end = new CountDownLatch(1);
        var readiness = Readiness.ofThisProcess();
        Signals.hear((signal, _) -> {
            readiness.stopping(signal + ": ending");
            log.info("{}: ending; agents keep what they run and hand it over at the next start", signal);
            end.countDown();
        });
        // A thread that others wait for does not end alone.
        Thread.setDefaultUncaughtExceptionHandler((_, bug) -> fatal(bug, log));
        try (var coordinator = new Coordinator(settings, failure -> fatal(failure, log))) {
            var address = coordinator.start();
            log.info("coordinator {} serving on {}, data in {}", Build.VERSION, address, settings.data());
            readiness.ready("serving on " + address);
            if (Superuser.runsThis()) {
                log.warn("running as root: the coordinator needs no rights but to its folder; give it a user of its own");
            }
            end.await();
        }
        return OK;
    }

    /** What is in memory and what is on disk may differ now: only a new start knows what is true. */
    private static void fatal(Throwable failure, Logger log) {
        log.error("the coordinator must end: {}", failure.getMessage(), failure);
        Runtime.getRuntime().halt(BUG_OR_BROKEN_DISK);
    }
}
