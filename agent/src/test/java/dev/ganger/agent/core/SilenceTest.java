package dev.ganger.agent.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a stream counts as dead because nothing is heard on it. */
final class SilenceTest {
    private final AgentCore core = new AgentCore(1, null, List.of());

    @Test
    void aStreamThatTookLongToOpenIsNotSilentWhenTheCoordinatorHasJustSaidWelcome() {
        at(0, new Input.Tick());
        at(0, new Input.Opened());
        assertThat(at(5_000, welcomed())).doesNotContain(new Action.Disconnect());
        assertThat(at(5_900, new Input.Tick())).doesNotContain(new Action.Disconnect());
        assertThat(at(6_100, new Input.Tick())).as("half a lease without an answer").contains(new Action.Disconnect());
    }

    @Test
    void anAnsweredBeatKeepsTheStream() {
        at(0, new Input.Tick());
        at(0, new Input.Opened());
        at(10, welcomed());
        at(20, new Input.BeatAnswered(1));
        assertThat(at(300, new Input.Tick())).doesNotContain(new Action.Disconnect());
    }

    private static Input welcomed() {
        return new Input.Welcomed(Duration.ofSeconds(2), Duration.ofMillis(333));
    }

    private List<Action> at(long now, Input input) {
        var when = new Moment(now, Instant.EPOCH.plusMillis(now));
        core.hear(input, when);
        return core.flush(when);
    }
}
