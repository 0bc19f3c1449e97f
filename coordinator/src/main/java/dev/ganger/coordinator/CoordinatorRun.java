package dev.ganger.coordinator;

import dev.ganger.config.Folders;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.store.StoreException;
import dev.ganger.model.Amounts;
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
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ganger coordinator run}: serves until a signal. */
@Command(name = "run", description = "Hold the task queue and the done queue and serve them. SIGTERM and SIGINT end it; everything is back at the "
        + "next start, and what runs on agents goes on meanwhile.", footer = "Example: ganger coordinator run --listen localhost:7411", sortOptions = false, mixinStandardHelpOptions = true, versionProvider = Version.class)
final class CoordinatorRun implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BUG_OR_BROKEN_DISK = 70;

    @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "${env:GANGER_COORDINATOR_LISTEN:-localhost:7411}", description = "Where to listen; port 0: any free one, "
            + "written to the file 'address' in the data folder (default: localhost:7411).")
    private String listen = "";

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:GANGER_COORDINATOR_DATA}", description = "Where everything is kept (default: /var/lib/ganger/coordinator for root, "
            + "else ~/.local/share/ganger/coordinator).")
    private @Nullable Path data;

    @Option(names = "--queue-limit", paramLabel = "N", defaultValue = "${env:GANGER_COORDINATOR_QUEUE_LIMIT:-10000000}", description = "Tasks that are not finished, at most "
            + "(default: 10000000). A submit waits for room.")
    private long queueLimit;

    @Option(names = "--queue-bytes", paramLabel = "SIZE", defaultValue = "${env:GANGER_COORDINATOR_QUEUE_BYTES:-4G}", description = "Bytes of entries of unfinished jobs, at most (default: 4G).")
    private String queueBytes = "";

    @Option(names = "--lease", paramLabel = "D", defaultValue = "${env:GANGER_COORDINATOR_LEASE:-60s}", description = "How long tasks stay with an agent that is silent, before they run "
            + "elsewhere (default: 60s).")
    private String lease = "";

    @Option(names = "--retain", paramLabel = "D", defaultValue = "${env:GANGER_COORDINATOR_RETAIN:-30d}", description = "How long finished jobs are kept, with their results and "
            + "output (default: 30d).")
    private String retain = "";

    @Option(names = "--retain-bytes", paramLabel = "SIZE", defaultValue = "${env:GANGER_COORDINATOR_RETAIN_BYTES}", description = "How much is kept on disk: with more, the jobs that "
            + "finished first are forgotten (default: no bound).")
    private @Nullable String retainBytes;

    @Option(names = "--insecure", description = "Allow to listen beyond this machine in plain text: whoever reaches the port can "
            + "run commands on every agent.")
    private boolean insecure;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var log = LoggerFactory.getLogger(CoordinatorRun.class);
        var address = checked(() -> Address.parse(listen));
        var settings = checked(() -> new Settings(queueLimit, Amounts.bytes(queueBytes), Amounts.duration(lease),
                Amounts.duration(retain)));
        var keep = retainBytes == null ? Long.MAX_VALUE : checked(() -> Amounts.bytes(String.valueOf(retainBytes)));
        checkReach(address, log);
        var folder = (data == null ? Path.of(Folders.data("coordinator", System.getenv(), Superuser.runsThis())) : data).toAbsolutePath();
        try {
            return serve(folder, settings, keep, address, log);
        } catch (StoreException failure) {
            System.err.println("ganger: the coordinator cannot start: " + failure.getMessage());
            return FAILED;
        } catch (IOException failure) {
            System.err.printf("ganger: the coordinator cannot start: %s; is something else listening on %s, or the folder %s not "
                    + "to be written?%n", cause(failure), address, folder);
            return FAILED;
        }
    }

    private static String cause(IOException failure) {
        return failure.getCause() == null
                ? String.valueOf(failure.getMessage())
                : failure.getMessage() + ": " + failure.getCause();
    }

    private int serve(Path folder, Settings settings, long keep, Address address, Logger log)
            throws IOException, InterruptedException {
        var end = new CountDownLatch(1);
        Signals.hear((signal, _) -> {
            log.info("{}: ending; agents keep what they run and hand it over at the next start", signal);
            end.countDown();
        });
        try (var coordinator = new Coordinator(folder, settings, keep, address, failure -> fatal(failure, log))) {
            log.info("coordinator {} serving on {}, data in {}", Build.VERSION, coordinator.start(), folder);
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

    private void checkReach(Address address, Logger log) {
        if (isLoopback(address)) {
            return;
        }
        if (!insecure) {
            throw usage("listening on %s would let everybody who reaches it run commands, as connections are not encrypted yet; "
                    .formatted(address) + "listen on localhost and use ssh forwarding, or say --insecure on a network you trust");
        }
        log.warn("--insecure: plain text on {}; whoever reaches this port can run commands on every agent", address);
    }

    private static boolean isLoopback(Address address) {
        try {
            return InetAddress.getByName(address.host()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private <T> T checked(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException wrong) {
            throw usage(String.valueOf(wrong.getMessage()));
        }
    }

    private ParameterException usage(String text) {
        if (spec == null) {
            throw new AssertionError("picocli sets it");
        }
        return new ParameterException(spec.commandLine(), text);
    }
}
