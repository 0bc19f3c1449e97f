package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static org.assertj.core.api.Assertions.assertThat;

/** Leases that all end in the same instant. */
final class LeasesAtOnceTest {
    private static final int LEASES = 10_000;
    private static final AgentId ONE = agent(1, 1);
    private static final AgentId TWO = agent(2, 1);

    private final Desk desk = new Desk(new Settings(LEASES, 1_000, Duration.ofSeconds(60), Duration.ofDays(30)));

    @Test
    void tenThousandLeasesOfOneAgentEndInOneDecisionAndStartElsewhere() {
        desk.agentWithRoom(ONE, LEASES, 0);
        desk.submit(LEASES);
        assertThat(desk.heldBy(ONE)).hasSize(LEASES);
        desk.pass(Duration.ofSeconds(61));
        assertThat(desk.all(Event.AttemptsLost.class)).singleElement()
                .satisfies(lost -> assertThat(lost.attempts()).hasSize(LEASES));
        desk.agentWithRoom(TWO, LEASES, 0);
        assertThat(desk.heldBy(TWO)).hasSize(LEASES).allSatisfy(attempt -> assertThat(attempt.number()).isEqualTo(2));
        assertThat(desk.replayed().snapshot()).isEqualTo(desk.state.snapshot());
    }

    @Test
    void theLeasesOfAThousandAgentsEndInOneInstant() {
        desk.submit(LEASES);
        for (var number = 1; number <= LEASES / 10; number++) {
            desk.agentWithRoom(agent(number, 1), 10, 0);
        }
        desk.pass(Duration.ofSeconds(61));
        assertThat(desk.all(Event.AgentLost.class)).hasSize(LEASES / 10);
        assertThat(desk.state.queued()).isEqualTo(LEASES);
    }
}
