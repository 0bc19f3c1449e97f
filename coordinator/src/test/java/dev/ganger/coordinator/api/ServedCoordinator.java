package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.TimeSource;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.FakeOutputs;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.security.Gate;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.coordinator.store.SqliteStore;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A coordinator that serves its contract within the test's process. */
abstract class ServedCoordinator {
    @TempDir
    private Path folder;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private SqliteStore store;
    private @Nullable Server server;
    OutputStore outputs;
    CoreLoop loop;
    ManagedChannel channel;
    ContractClient client;

    /** Serves, and gives a way to it; without sockets unless a test wants them. */
    ManagedChannel serve(OutputStore output, DiskRoom room, Settings settings) throws IOException {
        var name = InProcessServerBuilder.generateName();
        var builder = InProcessServerBuilder.forName(name).executor(Executors.newVirtualThreadPerTaskExecutor())
                .intercept(Gate.open());
        List<BindableService> services = CoordinatorServer.services(loop, output, room, settings,
                new Protection.None());
        services.forEach(builder::addService);
        server = builder.build().start();
        return InProcessChannelBuilder.forName(name).build();
    }

    void endServing() {
        if (server != null) {
            server.shutdownNow();
        }
    }

    Settings settings() {
        return new Settings(100, 64 << 20, Duration.ofSeconds(60), Duration.ofDays(30));
    }

    @BeforeEach
    void start() throws IOException {
        var settings = settings();
        store = SqliteStore.open(folder);
        outputs = new FakeOutputs();
        loop = new CoreLoop(settings, store, store, store, TimeSource.system(), failure::set);
        loop.start();
        channel = serve(outputs, new DiskRoom(folder), settings);
        client = new ContractClient(channel);
    }

    @AfterEach
    void end() {
        channel.shutdownNow();
        endServing();
        loop.close();
        store.close();
        assertThat(failure.get()).isNull();
    }
}
