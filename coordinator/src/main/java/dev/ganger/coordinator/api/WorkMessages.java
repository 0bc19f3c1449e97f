package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.model.AttemptId;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.End;
import dev.ganger.proto.v1.EndCause;
import dev.ganger.proto.v1.Recall;
import dev.ganger.proto.v1.Recorded;
import dev.ganger.proto.v1.Stop;
import dev.ganger.proto.v1.Welcome;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import java.util.List;

/** What an agent is told, as messages. */
final class WorkMessages {
    private WorkMessages() {}

    static List<AttemptId> attempts(List<dev.ganger.proto.v1.AttemptId> attempts) {
        return attempts.stream().map(FromWire::attempt).toList();
    }

    private static List<dev.ganger.proto.v1.AttemptId> toWire(List<AttemptId> attempts) {
        return attempts.stream().map(ToWire::attempt).toList();
    }

    static AttachResponse welcome(Settings settings) {
        return AttachResponse.newBuilder().setWelcome(Welcome.newBuilder()
                .setLease(ToWire.duration(settings.lease())).setBeat(ToWire.duration(settings.beat()))).build();
    }

    static AttachResponse recorded(List<AttemptId> attempts) {
        return AttachResponse.newBuilder().setRecorded(Recorded.newBuilder().addAllAttempts(toWire(attempts))).build();
    }

    static AttachResponse cancel(List<AttemptId> attempts) {
        return end(attempts, EndCause.END_CAUSE_CANCELLED);
    }

    static AttachResponse supersede(List<AttemptId> attempts) {
        return end(attempts, EndCause.END_CAUSE_SUPERSEDED);
    }

    private static AttachResponse end(List<AttemptId> attempts, EndCause cause) {
        return AttachResponse.newBuilder().setEnd(End.newBuilder().addAllAttempts(toWire(attempts)).setCause(cause)).build();
    }

    static AttachResponse recall(List<AttemptId> attempts) {
        return AttachResponse.newBuilder().setRecall(Recall.newBuilder().addAllAttempts(toWire(attempts))).build();
    }

    static AttachResponse stop(boolean now) {
        return AttachResponse.newBuilder().setStop(Stop.newBuilder().setNow(now)).build();
    }
}
