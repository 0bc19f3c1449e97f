package dev.ganger.agent.link;

import com.google.protobuf.ByteString;
import dev.ganger.fuzz.Fuzz;
import dev.ganger.proto.v1.Argument;
import dev.ganger.proto.v1.Grant;
import dev.ganger.proto.v1.JobGrant;
import dev.ganger.proto.v1.JobSpec;
import dev.ganger.proto.v1.Piece;
import dev.ganger.proto.v1.TaskGrant;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A grant that is any bytes is read, or refused in a sentence. */
final class GrantFuzzTest {
    @TestFactory
    Stream<DynamicTest> grants() {
        var spec = JobSpec.newBuilder().addArguments(
                Argument.newBuilder().addPieces(Piece.newBuilder().setLiteral(ByteString.copyFromUtf8("true"))));
        var grant = Grant.newBuilder().setNumber(3).setMore(true).addJobs(JobGrant.newBuilder().setJob(42).setSpec(spec).addTasks(
                TaskGrant.newBuilder().setIndex(7).setAttempt(1).setEntry(ByteString.copyFromUtf8("x")))).build();
        return Fuzz.tests(Fuzz.of("a grant", input -> new GrantReader().read(Grant.parseFrom(input)), IOException.class,
                IllegalArgumentException.class).from(List.of(grant.toByteArray())));
    }
}
