package dev.ganger.agent.link;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Input;
import dev.ganger.model.AttemptId;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.AttemptEnded;
import dev.ganger.proto.v1.AttemptStarted;
import dev.ganger.proto.v1.Beat;
import dev.ganger.proto.v1.EndCause;
import dev.ganger.proto.v1.Goodbye;
import dev.ganger.proto.v1.Hello;
import dev.ganger.proto.v1.Pull;
import dev.ganger.proto.v1.Report;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent says and hears, as messages. */
final class AgentMessages {
    private AgentMessages() {}

    static AttachRequest of(Action.Say words, Identity identity) {
        var request = AttachRequest.newBuilder();
        switch (words) {
            case Action.Beat beat -> request.setBeat(beat(beat, identity));
            case Action.Pull(var processed, var free, var ahead) ->
                request.setPull(Pull.newBuilder().setProcessed(processed).setFree(free).setAhead(ahead));
            case Action.Report report -> request.setReport(report(report));
            case Action.Goodbye(var stopped) -> request.setGoodbye(Goodbye.newBuilder().setStopped(stopped));
        }
        return request.build();
    }

    private static Beat beat(Action.Beat beat, Identity identity) {
        var message = Beat.newBuilder().setSequence(beat.sequence()).setProcessed(beat.processed());
        beat.held().forEach(attempt -> message.addHeld(ToWire.attempt(attempt)));
        if (beat.hello()) {
            var id = identity.id();
            message.setHello(Hello.newBuilder().setName(id.name()).setInstance(ToWire.uuid(id.instance())).setStart(id.start())
                    .setSlots(identity.slots()).setPid(identity.pid()).setVersion(identity.version())
                    .putAllLabels(identity.labels()));
        }
        return message.build();
    }

    private static Report report(Action.Report report) {
        var message = Report.newBuilder();
        for (var running : report.started()) {
            message.addStarted(AttemptStarted.newBuilder().setAttempt(ToWire.attempt(running.attempt())).setPid(running.pid())
                    .setStartedAt(ToWire.instant(running.at())));
        }
        for (var over : report.ended()) {
            message.addEnded(
                    AttemptEnded.newBuilder().setAttempt(ToWire.attempt(over.attempt())).setRun(ToWire.run(over.run())));
        }
        report.returned().forEach(attempt -> message.addReturned(ToWire.attempt(attempt)));
        return message.build();
    }

    /** Null for what a newer coordinator says and this agent does not know. */
    static @Nullable Input read(AttachResponse response) {
        return switch (response.getMessageCase()) {
            case WELCOME -> new Input.Welcomed(FromWire.duration(response.getWelcome().getLease()),
                    FromWire.duration(response.getWelcome().getBeat()));
            case BEAT_ANSWER -> new Input.BeatAnswered(response.getBeatAnswer().getSequence());
            case RECORDED -> new Input.Recorded(attempts(response.getRecorded().getAttemptsList()));
            case END -> response.getEnd().getCause() == EndCause.END_CAUSE_SUPERSEDED
                    ? new Input.Superseded(attempts(response.getEnd().getAttemptsList()))
                    : new Input.CancelAsked(attempts(response.getEnd().getAttemptsList()));
            case RECALL -> new Input.Recalled(attempts(response.getRecall().getAttemptsList()));
            case STOP -> new Input.StopAsked(response.getStop().getNow());
            case GRANT -> throw new AssertionError("grants are read elsewhere");
            case MESSAGE_NOT_SET -> null;
        };
    }

    private static List<AttemptId> attempts(List<dev.ganger.proto.v1.AttemptId> attempts) {
        return attempts.stream().map(FromWire::attempt).toList();
    }
}
