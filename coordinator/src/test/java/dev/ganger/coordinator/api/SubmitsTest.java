package dev.ganger.coordinator.api;

import com.google.protobuf.Duration;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.proto.v1.JobSpec;
import dev.ganger.proto.v1.SubmitHeader;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The grace of tasks and the lease of the coordinator. */
final class SubmitsTest {
    private static final Settings SHORT = new Settings(10, 10, java.time.Duration.ofSeconds(3), java.time.Duration.ofDays(1));

    private static SubmitHeader withGrace(long seconds) {
        return array(spec("true").toBuilder().setGrace(Duration.newBuilder().setSeconds(seconds)).build(), 1);
    }

    private static java.time.Duration grace(SubmitHeader header) {
        return Submits.spec(header, SHORT).limits().grace();
    }

    @Test
    void theUsualGraceIsCutToHalfAShortLease() {
        assertThat(grace(withGrace(10))).isEqualTo(java.time.Duration.ofMillis(1_500));
        var absent = array(JobSpec.newBuilder(spec("true")).clearGrace().build(), 1);
        assertThat(grace(absent)).isEqualTo(java.time.Duration.ofMillis(1_500));
        assertThat(Submits.spec(absent, Settings.DEFAULT).limits().grace()).isEqualTo(java.time.Duration.ofSeconds(10));
    }

    @Test
    void anyOtherGraceIsTakenOrRefused() {
        assertThat(grace(withGrace(1))).isEqualTo(java.time.Duration.ofSeconds(1));
        assertThatThrownBy(() -> grace(withGrace(2))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the grace of a task is at most half the lease of the coordinator, here 1500 ms, not 2 s; choose a shorter --grace");
    }
}
