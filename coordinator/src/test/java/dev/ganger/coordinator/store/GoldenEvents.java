package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.AttemptRange;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Evidence;
import dev.ganger.coordinator.core.Identity;
import dev.ganger.coordinator.core.Pause;
import dev.ganger.coordinator.core.Saved;
import dev.ganger.model.Admission;
import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.Role;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import dev.ganger.model.Token;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static dev.ganger.coordinator.store.Samples.AGENT;
import static dev.ganger.coordinator.store.Samples.AT;
import static dev.ganger.coordinator.store.Samples.ATTEMPT;
import static dev.ganger.coordinator.store.Samples.DRAFT;
import static dev.ganger.coordinator.store.Samples.FAILED_RUN;
import static dev.ganger.coordinator.store.Samples.OTHER_AGENT;
import static dev.ganger.coordinator.store.Samples.SPEC;

/** What the golden files hold: one event of each durable type. When a type grows, say here what old files mean. */
final class GoldenEvents {
    private static final Bytes HASH = Bytes.utf8("32 bytes that a hash function gave");
    private static final Event.AgentQuarantined QUARANTINED = new Event.AgentQuarantined(AGENT,
            List.of(new Evidence(ATTEMPT.task(), "vm-2"), new Evidence(new TaskId(43, 1), "vm-ü")), 3, AT.minusSeconds(60),
            new Pause(AT, AT.plusSeconds(240)));
    static final List<Event.Durable> V1 = List.of(
            new Event.ChunkStored(DRAFT, 2, 300, 4_000),
            new Event.DraftDropped(DRAFT),
            new Event.Submitted(42, DRAFT, "anna", "nightly", Bytes.of((byte) 1, (byte) 2), SPEC,
                    new Indices(List.of(new IndexRange(0, 9, 3), IndexRange.single(11))), true, List.of(), AT),
            new Event.AgentJoined(AGENT, 4, 4711, "0.1.0", new TreeMap<>(), AT),
            new Event.AgentLeft(AGENT, true, AT),
            new Event.AgentLost(AGENT, AT),
            new Event.Leased(AGENT, 12, List.of(new Event.Grant(42, new IndexRange(0, 9, 3), 1), new Event.Grant(43,
                    IndexRange.single(1), 2)), AT),
            new Event.Returned(AGENT, List.of(ATTEMPT, new AttemptId(42, 8, 1))),
            new Event.AttemptsLost(AGENT, List.of(ATTEMPT), List.of(), "silent for 60 s", AT),
            new Event.AttemptFailed(AGENT, ATTEMPT, FAILED_RUN.withoutOutput(), AT, null),
            new Event.Finished(AGENT, ATTEMPT, TaskState.SUCCEEDED, 1_000_001, AT),
            new Event.LateReported(AGENT, ATTEMPT, new Ending.CannotStart(Ending.Obstacle.NOT_EXECUTABLE, "no x"), AT),
            new Event.Cancelled(42, List.of(new IndexRange(3, 9, 3), IndexRange.single(11)), 17, "not needed", AT),
            new Event.CancelRequested(AGENT, List.of(ATTEMPT), "not needed"),
            new Event.Closed(),
            new Event.Opened(),
            new Event.StopRequested(42, false, AT),
            new Event.StopReleased(List.of(AGENT, OTHER_AGENT), true, AT),
            new Event.AgentDrained(AGENT, "new kernel", AT),
            new Event.AgentResumed(AGENT, AT),
            new Event.AgentRemoved(AGENT, "sold", AT),
            new Event.AgentStopRequested(AGENT, "new kernel", AT),
            new Event.AgentStopReleased(AGENT, AT),
            new Event.JobForgotten(42, DRAFT, AT),
            new Event.KeyDropped("anna", "nightly"),
            new Event.KeyKept("anna", "nightly", Bytes.of((byte) 1, (byte) 2), 42, 5, AT),
            new Event.CursorMoved("reader", 1_000_002),
            new Event.CountersRestored(43, 1_000_002),
            new Event.JobRestored(42, 5, List.of(-1L, 0L, 5L), List.of(1L), List.of(), List.of(
                    new Saved.Lease(ATTEMPT, AGENT.instance(), AT, null),
                    new Saved.Lease(new AttemptId(42, 8, 1), AGENT.instance(), AT, "")),
                    List.of(new Saved.History(7, 2, 1,
                            List.of(Attempt.ended(1, "vm-1", TaskState.FAILED, FAILED_RUN.withoutOutput()),
                                    new Attempt(2, "vm-2", TaskState.LOST, 4242, AT, null)),
                            0, null)),
                    AT, null),
            new Event.Held(42, List.of(new IndexRange(0, 9, 3), IndexRange.single(11)), "wait for the disk", AT),
            new Event.Released(42, List.of(new IndexRange(0, 9, 3)), AT),
            new Event.Retried(42, List.of(IndexRange.single(11)), "the disk is there", AT),
            new Event.BackedOff(42, List.of(new IndexRange(0, 9, 3))),
            new Event.AttemptMoved(AGENT, ATTEMPT, FAILED_RUN.withoutOutput(), AT),
            new Event.AgentSuspected(AGENT, ATTEMPT.task(), "vm-2", AT),
            QUARANTINED,
            new Event.AgentTrusted(AGENT, AT),
            new Event.DoubtRestored(AGENT, List.of(new Saved.FailedHere(ATTEMPT.task(), true)),
                    List.of(new Evidence(ATTEMPT.task(), "vm-2")), QUARANTINED, ATTEMPT),
            new Event.TokenCreated(new Token("k7", new Admission.OfAgent("vm-1", new TreeMap<>(Map.of("zone", "north"))), 3, 0,
                    AT.plusSeconds(3_600), false, AT, "anna", null), HASH, null),
            new Event.TokenRevoked("k7", AT),
            new Event.TokenForgotten("k7"),
            new Event.IdentityJoined(new Identity.OfAgent(AGENT.instance(), "vm-1", new TreeMap<>(Map.of("zone", "north")), HASH,
                    "k7", AT), true),
            new Event.UserRemoved("anna", List.of(DRAFT), AT));

    /** Types that have grown since, or have variants, with all that they can say now. */
    static final List<Event.Durable> V2 = List.of(
            new Event.AttemptFailed(AGENT, ATTEMPT, FAILED_RUN.withoutOutput(), AT, AT.plusSeconds(8)),
            new Event.JobRestored(42, 5, List.of(5L), List.of(1L), List.of(), List.of(), List.of(
                    new Saved.History(7, 2, 1, List.of(), 3, new Pause(AT, AT.plusSeconds(8)))), null,
                    new Saved.Rounds(List.of(31L), List.of(new Saved.Earlier(0, 3, 2, 4),
                            new Saved.Earlier(4, 4, 1, 1)), List.of(new Saved.Hold("wait", List.of(2L))), 9, 1)),
            new Event.Submitted(42, DRAFT, "anna", "nightly", Bytes.of((byte) 1, (byte) 2), SPEC, Indices.of(1, 2), false,
                    List.of("vm-1", "vm-2"), AT),
            new Event.AgentJoined(AGENT, 4, 4711, "0.1.0", new TreeMap<>(Map.of("zone", "north", "gpu", "")), AT),
            new Event.StopRequested(42, true, AT),
            new Event.TokenCreated(new Token("k8", new Admission.OfUser("anna", Role.ADMIN), 0, 2, null, true, AT, "coordinator",
                    AT.plusSeconds(9)), HASH, AT.plusSeconds(8)),
            new Event.IdentityJoined(new Identity.OfUser(DRAFT, "anna", Role.ADMIN, HASH, "k8", AT), false));

    /** Types that have grown again, or of which something was absent. */
    static final List<Event.Durable> V3 = List.of(
            new Event.JobRestored(42, 5, List.of(5L), List.of(), List.of(), List.of(), List.of(
                    new Saved.History(7, 6, 0, List.of(new Attempt(3, "vm-2", TaskState.LOST, 4242, AT, null)), 1, null,
                            List.of(new AttemptRange(1, 2), new AttemptRange(4, 6)), 4,
                            List.of(AGENT.instance(), OTHER_AGENT.instance()), List.of(DRAFT))),
                    null, new Saved.Rounds(List.of(31L), List.of(), List.of(), 2, 0)),
            new Event.DoubtRestored(AGENT, List.of(), List.of(), null, null));

    private GoldenEvents() {}
}
