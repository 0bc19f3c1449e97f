package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract over a real socket, by the server that ships. */
final class SocketApiTest extends ApiContract {
    private @Nullable CoordinatorServer server;

    @Override
    ManagedChannel serve(OutputStore output, DiskRoom room, Settings settings) throws IOException {
        var fresh = new CoordinatorServer(loop, output, room, settings, Address.parse("localhost:0"), new Protection.None());
        server = fresh;
        return Channels.open(fresh.start(), new Trust.Nobody());
    }

    @Override
    void endServing() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void healthAndReflectionAnswer() {
        var health = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(services().getListServicesResponse().getServiceList()).extracting(service -> service.getName())
                .contains("ganger.v1.JobService", "ganger.v1.ResultService", "ganger.v1.ControlService", "ganger.v1.WorkService",
                        "ganger.v1.OutputService");
    }

    private ServerReflectionResponse services() {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var requests = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
        });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        var response = answer.orTimeout(30, TimeUnit.SECONDS).join();
        requests.onCompleted();
        return response;
    }
}
