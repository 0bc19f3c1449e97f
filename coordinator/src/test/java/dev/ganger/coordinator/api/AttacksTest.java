package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.model.Role;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.spec;
import static org.assertj.core.api.Assertions.assertThat;

/** Attacks on one coordinator, over real sockets: what comes of each, and that those who belong there are served after it. */
final class AttacksTest extends GuardedCoordinator {
    private static final String HONEST = "honest";
    private static final ByteString INSTANCE = ScriptedAgent.instance(1);

    static List<Attack> all() {
        return Stream.of(CertificateAttacks.all(), AgentAttacks.all(), TokenAttacks.all(), MemberAttacks.all(), WireAttacks.all(),
                FloodAttacks.all())
                .flatMap(List::stream).toList();
    }

    @TestFactory
    Stream<DynamicTest> whatIsTriedFailsAndOthersAreServed() {
        var connection = open(agent(HONEST, INSTANCE));
        var starts = new AtomicInteger();
        return all().stream().map(attack -> DynamicTest.dynamicTest(attack.what(), () -> {
            var result = attack.attempt().on(this);
            assertThat(attack.isAnsweredBy(result)).as("%s: expected %s, found %s", attack.what(), attack.result(), result)
                    .isTrue();
            var agent = new ScriptedAgent(connection);
            agent.say(ScriptedAgent.hello(HONEST, INSTANCE, starts.incrementAndGet()));
            othersAreServed(agent);
            agent.leave();
        }));
    }

    /** Somebody new comes in, and an agent whose connection was there all the time does what it submits. */
    private void othersAreServed(ScriptedAgent agent) {
        var connection = open(user(HONEST, Role.SUBMITTER));
        var newcomer = new ContractClient(connection);
        var job = newcomer.submitted(array(spec("true").toBuilder().setAgent(HONEST).build(), 1));
        agent.pull(0, 1);
        agent.reportExit(ScriptedAgent.attempts(agent.grant()).getFirst(), 0, "served");
        assertThat(newcomer.results(job)).singleElement()
                .satisfies(result -> assertThat(result.getRun().getStdout().getInline().toStringUtf8()).isEqualTo("served"));
        connection.shutdownNow();
    }
}
