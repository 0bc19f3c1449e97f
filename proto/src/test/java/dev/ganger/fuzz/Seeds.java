package dev.ganger.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.ganger.model.Bytes;
import dev.ganger.proto.v1.Argument;
import dev.ganger.proto.v1.Backoff;
import dev.ganger.proto.v1.CodeRange;
import dev.ganger.proto.v1.Ending;
import dev.ganger.proto.v1.EnvironmentVariable;
import dev.ganger.proto.v1.IndexRange;
import dev.ganger.proto.v1.Indices;
import dev.ganger.proto.v1.JobSpec;
import dev.ganger.proto.v1.Piece;
import dev.ganger.proto.v1.Placeholder;
import dev.ganger.proto.v1.Reason;
import dev.ganger.proto.v1.Result;
import dev.ganger.proto.v1.Run;
import dev.ganger.proto.v1.StreamOutput;
import dev.ganger.proto.v1.Survivor;
import dev.ganger.proto.v1.Tag;
import dev.ganger.proto.v1.TaskState;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Pem;
import dev.ganger.trust.TestAuthority;
import dev.ganger.trust.TokenLine;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;

/** Inputs that are right: every field is there, so that each is changed. */
final class Seeds {
    static final KeyPair KEY = Keys.generate();
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final Timestamp AT = Timestamp.newBuilder().setSeconds(1_800_000_000).setNanos(5).build();
    private static final Duration LENGTH = Duration.newBuilder().setSeconds(3).setNanos(7).build();

    private Seeds() {}

    static JobSpec spec() {
        return JobSpec.newBuilder()
                .addArguments(Argument.newBuilder().addPieces(Piece.newBuilder().setLiteral(ByteString.copyFromUtf8("echo"))))
                .addArguments(Argument.newBuilder().addPieces(Piece.newBuilder().setPlaceholder(Placeholder.PLACEHOLDER_ENTRY)
                        .setQuoted(true)).addPieces(Piece.newBuilder().setField("a.b")))
                .addEnvironment(EnvironmentVariable.newBuilder().setName(ByteString.copyFromUtf8("A"))
                        .setValue(ByteString.copyFromUtf8("1")))
                .setDirectory(ByteString.copyFromUtf8("/tmp")).setInput(ByteString.copyFromUtf8("in")).setName("name")
                .addTags(Tag.newBuilder().setName("team").setValue("a")).setPriority(-3).setMaxRunning(5).setAgent("vm-1")
                .setRetries(7).addRetryOn(CodeRange.newBuilder().setFirst(3).setLast(9))
                .setBackoff(Backoff.newBuilder().setMin(LENGTH).setMax(LENGTH)).setMaxFailures(2).setCrashLimit(2)
                .setTimeout(LENGTH).setGrace(LENGTH).setOutputLimit(4096).build();
    }

    static Run run() {
        return Run.newBuilder().setPid(42).setStartedAt(AT).setFinishedAt(AT)
                .setEnding(Ending.newBuilder().setReason(Reason.REASON_EXIT).setExitCode(3).setText("why")).setCpuUser(LENGTH)
                .setCpuSystem(LENGTH).setMaxRssBytes(1 << 20).setStrays(2).setSurvivorCount(1)
                .addSurvivors(Survivor.newBuilder().setPid(3).setCommand("sleep"))
                .setStdout(StreamOutput.newBuilder().setBytes(3).setSha256(ByteString.copyFrom(new byte[32]))
                        .setInline(ByteString.copyFromUtf8("abc")))
                .build();
    }

    static Result result() {
        return Result.newBuilder().setPosition(9).setJob(3).setIndex(1).setRound(1).setAttempt(2)
                .setState(TaskState.TASK_STATE_FAILED).setAgent("vm-2").setRun(run()).setRecordedAt(AT).build();
    }

    static Indices indices() {
        return Indices.newBuilder().addRanges(IndexRange.newBuilder().setFirst(0).setLast(9).setStep(3))
                .addRanges(IndexRange.newBuilder().setFirst(12).setLast(12).setStep(1)).build();
    }

    static TokenLine token() {
        return new TokenLine(TokenLine.Kind.AGENT, "queue:7411", AUTHORITY.fingerprint(), "k7", Bytes.wrap(new byte[32]), "vm-1");
    }

    /** As DER and as PEM. */
    static List<byte[]> certificates() {
        var der = Certificates.der(AUTHORITY.user("anna", KEY.getPublic(), java.time.Duration.ofDays(1)));
        return List.of(der.toByteArray(), Pem.text(Pem.CERTIFICATE, der).getBytes(StandardCharsets.UTF_8));
    }
}
