package dev.ganger.coordinator.api;

import dev.ganger.model.Role;
import dev.ganger.proto.v1.AccessServiceGrpc;
import dev.ganger.proto.v1.WhoAmIRequest;
import dev.ganger.proto.v1.WhoAmIResponse;
import io.grpc.Channel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How strangers become somebody. */
final class JoinApiTest extends GuardedCoordinator {
    private static WhoAmIResponse whoAmI(Channel channel) {
        return AccessServiceGrpc.newBlockingStub(channel).whoAmI(WhoAmIRequest.getDefaultInstance());
    }

    @Test
    void whoJoinsIsKnownByItsCertificate() {
        assertThat(whoAmI(channel)).isEqualTo(WhoAmIResponse.newBuilder().setName("root")
                .setRole(dev.ganger.proto.v1.Role.ROLE_ADMIN).build());
        assertThat(whoAmI(open(user("ann", Role.VIEWER)))).isEqualTo(WhoAmIResponse.newBuilder().setName("ann")
                .setRole(dev.ganger.proto.v1.Role.ROLE_VIEWER).build());
        assertThat(whoAmI(open(agent("vm-1", ScriptedAgent.instance(1)))))
                .isEqualTo(WhoAmIResponse.newBuilder().setName("vm-1").setAgent(true).build());
    }
}
