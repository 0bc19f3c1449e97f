package dev.ganger.wire;

import dev.ganger.model.Argument;
import dev.ganger.model.Attempt;
import dev.ganger.model.Backoff;
import dev.ganger.model.Bytes;
import dev.ganger.model.CodeRange;
import dev.ganger.model.Ending;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Order;
import dev.ganger.model.Result;
import dev.ganger.model.Run;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.Survivors;
import dev.ganger.model.Tag;
import dev.ganger.model.TaskCommand;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskLimits;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What goes over the wire comes out as it went in. */
final class WireTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:15:30.123456789Z");

    @Test
    void aSpecificationStaysAsItIs() {
        var spec = new JobSpec(new TaskCommand(
                List.of(Argument.literal(Bytes.utf8("sh")),
                        Argument.parse(Bytes.of((byte) 0xff, (byte) '{', (byte) '}'), false, true),
                        Argument.parse(Bytes.utf8("{.host}:{#}"), true, true), Argument.literal(Bytes.EMPTY)),
                List.of(new EnvironmentVariable(Bytes.utf8("A"), Bytes.of((byte) 0xfe))), Bytes.utf8("/tmp"), Bytes.utf8("in")),
                "name", List.of(new Tag("team", "a=b")), new Order(-3, 5, "vm-1"),
                new FailurePolicy(7, List.of(new CodeRange(3, 3), new CodeRange(75, 80)),
                        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)), 0, 2),
                new TaskLimits(Duration.ofMillis(1500), Duration.ofSeconds(10), 4_096));
        assertThat(FromWire.spec(ToWire.spec(spec))).isEqualTo(spec);
    }

    @Test
    void everyEndingStaysAsItIs() {
        List<Ending> endings = List.of(new Ending.Exited(137), new Ending.Exited(0), new Ending.Signaled(9),
                new Ending.TimedOut(),
                new Ending.Lost("gone"), new Ending.Cancelled("why"), new Ending.CannotStart(Ending.Obstacle.NOT_EXECUTABLE, "x"),
                new Ending.CannotStart(Ending.Obstacle.NO_SUCH_DIRECTORY, "y"));
        assertThat(endings).allSatisfy(ending -> assertThat(FromWire.ending(ToWire.ending(ending))).isEqualTo(ending));
    }

    @Test
    void aResultStaysAsItIs() {
        var output = new StreamOutput(70_000, Bytes.wrap(new byte[32]), 70_000 - 3, Bytes.of((byte) 0, (byte) 0xff, (byte) 10));
        var run = new Run(42, AT, AT.plusSeconds(1), new Ending.Signaled(11), Duration.ofMillis(3), Duration.ofNanos(5), 1 << 20,
                2,
                output, StreamOutput.NOTHING, new Survivors(2, List.of(new Survivors.Survivor(4711, "sleep"))));
        var lost = Attempt.ended(1, "vm-1", TaskState.LOST, Run.unseen(AT, new Ending.Lost("silent")));
        var result = new Result(9, new TaskId(3, 0), 1, 2, TaskState.FAILED, "vm-2", run, List.of(lost), AT);
        assertThat(ViewsFromWire.result(ViewsToWire.result(result))).isEqualTo(result);
    }

    @Test
    void indicesAndInstancesStayAsTheyAre() {
        var indices = new Indices(List.of(new IndexRange(0, 9, 3), IndexRange.single(12)));
        assertThat(FromWire.indices(ToWire.indices(indices))).isEqualTo(indices);
        var instance = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");
        assertThat(FromWire.uuid(ToWire.uuid(instance))).isEqualTo(instance);
    }

    @Test
    void whatBreaksTheContractIsRefused() {
        assertThatThrownBy(() -> FromWire.spec(dev.ganger.proto.v1.JobSpec.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("needs a command");
        assertThatThrownBy(() -> FromWire.ending(dev.ganger.proto.v1.Ending.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FromWire.duration(com.google.protobuf.Duration.newBuilder().setSeconds(Long.MAX_VALUE)
                .setNanos(Integer.MAX_VALUE).build())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressesAreReadWithAndWithoutPort() {
        assertThat(Address.parse("queue.example")).isEqualTo(new Address("queue.example", 7411));
        assertThat(Address.parse("[::1]:80")).isEqualTo(new Address("::1", 80)).hasToString("[::1]:80");
        assertThat(List.of("", ":1", "host:", "host:x", "host:70000", "::1")).allSatisfy(
                text -> assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(IllegalArgumentException.class));
    }
}
