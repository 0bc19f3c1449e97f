package dev.ganger.cli.command;

import dev.ganger.model.Agent;
import dev.ganger.model.AgentId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked of one agent. */
final class AgentTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    private void anAgentWithLabels(Agent.State state) {
        coordinator.agents.add(new Agent(new AgentId("gpu 1", new UUID(5, 6), 3), state, 0, 8, List.of(), 0, "", Endings.START,
                new TreeMap<>(Map.of("zone", "eu", "gpu", "a 100")), "old disk"));
    }

    @Test
    void labelsAndReasonAreListed() {
        anAgentWithLabels(Agent.State.DRAINING);

        assertThat(cli.run("agents").lines().getLast())
                .isEqualTo(
                        "gpu\\x201  draining      8     0    -  -        2026-11-01T10:00:00Z  gpu=a\\x20100,zone=eu  old disk");
        assertThat(cli.run("agents", "-o", "json").lines().getLast()).isEqualTo("{\"name\":\"gpu 1\","
                + "\"instance\":\"00000000-0000-0005-0000-000000000006\",\"state\":\"draining\",\"reason\":\"old disk\",\"pid\":null,"
                + "\"slots\":{\"total\":8,\"busy\":0},\"labels\":{\"gpu\":\"a 100\",\"zone\":\"eu\"},\"version\":null,"
                + "\"lastSeenAt\":\"2026-11-01T10:00:00.500Z\",\"running\":[]}");
        assertThat(cli.run("agents", "-o", "quiet").out()).isEqualTo("fake-1\ngpu 1\n");
    }

    @Test
    void oneIsShown() {
        anAgentWithLabels(Agent.State.DRAINING);

        assertThat(cli.run("agent", "show", "gpu 1", "fake-1").lines()).containsExactly(
                "agent         gpu 1",
                "state         draining",
                "reason        old disk",
                "slots         8, 0 busy",
                "label         gpu=a 100",
                "label         zone=eu",
                "last seen     2026-11-01T10:00:00.500Z",
                "instance      00000000-0000-0005-0000-000000000006, started 3 times",
                "",
                "agent         fake-1",
                "state         alive",
                "slots         4, 1 busy",
                "holds         1.1#1",
                "last seen     2026-11-01T10:00:00.500Z",
                "instance      00000000-0000-0001-0000-000000000002, started 1 time",
                "pid           99",
                "version       0.1.0");
        assertThat(cli.run("agent", "show", "fake-1", "-o", "json").out())
                .isEqualTo(cli.run("agents", "-o", "json").lines().getFirst()
                        + "\n");
        assertThat(cli.run("agent", "show", "fake-1", "-o", "quiet").out()).isEqualTo("fake-1\n");
    }

    @Test
    void drainsAndResumes() {
        assertThat(cli.run("agent", "drain", "fake-1", "--reason", "new disk").out())
                .isEqualTo("agent fake-1: gets no more tasks until 'ganger agent resume'; it goes on with the 1 it has\n");
        assertThat(cli.run("agents").lines().getLast()).contains("draining").endsWith("new disk");
        assertThat(cli.run("agent", "resume", "fake-1").out()).isEqualTo("agent fake-1: gets tasks again\n");
        assertThat(cli.run("agents").lines().getLast()).contains("alive").endsWith("-");
        assertThat(cli.run("agent", "drain", "fake-1", "-o", "json").out()).isEqualTo("{\"agent\":\"fake-1\",\"held\":1}\n");
        assertThat(cli.run("agent", "resume", "fake-1", "-o", "json").out()).isEqualTo("{\"agent\":\"fake-1\"}\n");
    }

    @Test
    void stopsSeveral() {
        anAgentWithLabels(Agent.State.ALIVE);

        assertThat(cli.run("agent", "stop", "gpu 1", "fake-1").lines()).containsExactly("agent gpu 1: ends now",
                "agent fake-1: ends when the 1 task it has are done".replace("are done", "is done"));
        assertThat(coordinator.agents).allMatch(agent -> agent.state() == Agent.State.STOPPING);
        assertThat(cli.run("agent", "stop", "fake-1", "-o", "quiet").out()).isEqualTo("fake-1\n");
    }

    @Test
    void goneIsOnlyWhoIsSilent() {
        var heard = cli.run("agent", "gone", "fake-1");
        assertThat(heard.code()).isEqualTo(5);
        assertThat(heard.err())
                .isEqualTo("ganger: agent fake-1 was heard 2 s ago, so it is not gone; 'ganger agent stop fake-1' ends it\n");
        anAgentWithLabels(Agent.State.UNKNOWN);
        assertThat(cli.run("agent", "gone", "gpu 1").out()).isEqualTo("agent gpu 1: gone; it held nothing\n");
    }

    @Test
    void removes() {
        assertThat(cli.run("agent", "remove", "fake-1", "--reason", "sold").out())
                .isEqualTo("agent fake-1: removed; 1 task that it held is lost there and queued again\n");
        assertThat(cli.run("agents", "-o", "quiet").out()).isEmpty();
    }

    @Test
    void whoIsNotThereIsThree() {
        for (var verb : List.of("show", "drain", "resume", "stop", "gone", "remove")) {
            var outcome = cli.run("agent", verb, "nobody");
            assertThat(outcome.code()).as(verb).isEqualTo(3);
            assertThat(outcome.err()).as(verb).startsWith("ganger: no such agent: nobody").hasLineCount(1);
            var nameless = cli.run("agent", verb);
            assertThat(nameless.code()).as(verb).isEqualTo(2);
            assertThat(nameless.err())
                    .isEqualTo("ganger: 'agent %s' needs NAME; see 'ganger agent %1$s --help'\n".formatted(verb));
            assertThat(cli.run("agent", verb, "x", "--coordinator", "localhost:1").code()).isEqualTo(4);
        }
    }

    @Test
    void aloneItListsWhatThereIs() {
        var outcome = cli.run("agent");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("ganger agent drain NAME", "ganger agent run ", "ganger agents");
        assertThat(cli.run("agent", "--help").out()).startsWith(outcome.out().stripTrailing())
                .contains("--coordinator HOST:PORT");
        assertThat(cli.run("agent", "--version").out()).startsWith("ganger ");
        assertThat(cli.run("agent", "drein", "x").err())
                .isEqualTo("ganger: no such verb: 'agent drein'; see 'ganger agent --help'\n");
        assertThat(cli.run("agent", "drain", "--now", "x").err())
                .isEqualTo("ganger: unknown option '--now'; see 'ganger agent drain --help'\n");
        assertThat(cli.run("-o", "json", "agent", "resume", "--coordinator=" + coordinator.address(), "fake-1").out())
                .startsWith("{");
    }
}
