package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.CoreLoop;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The contract without sockets. */
final class InProcessApiTest extends ApiContract {
    private @Nullable Server server;

    @Override
    ManagedChannel serve(CoreLoop loop, Settings settings) throws IOException {
        var name = InProcessServerBuilder.generateName();
        var builder = InProcessServerBuilder.forName(name).executor(Executors.newVirtualThreadPerTaskExecutor());
        CoordinatorServer.services(loop, settings).forEach(builder::addService);
        server = builder.build().start();
        return InProcessChannelBuilder.forName(name).build();
    }

    @Override
    void endServing() {
        if (server != null) {
            server.shutdownNow();
        }
    }
}
