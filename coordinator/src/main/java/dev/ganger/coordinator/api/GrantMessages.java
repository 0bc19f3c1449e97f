package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.Grant;
import dev.ganger.proto.v1.JobGrant;
import dev.ganger.wire.ToWire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the grants of one stream: with the specification of a job the agent does not keep, and with the entries. */
final class GrantMessages {
    private final Core core;
    /** The jobs granted last, which the agent keeps too. */
    private final Map<Long, Views.Origin> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Views.Origin> eldest) {
            return size() > Limits.KEPT_SPECS;
        }
    };

    GrantMessages(Core core) {
        this.core = core;
    }

    AttachResponse of(Event.Leased leased) {
        var message = Grant.newBuilder().setNumber(leased.number());
        for (var grant : leased.grants()) {
            message.addJobs(of(grant));
        }
        return AttachResponse.newBuilder().setGrant(message).build();
    }

    private JobGrant of(Event.Grant grant) {
        var message = JobGrant.newBuilder().setJob(grant.job());
        var origin = kept.get(grant.job());
        if (origin == null) {
            origin = Statuses.await(core.read(views -> views.origin(grant.job())));
            if (origin == null) {
                throw new AssertionError("granted a job that is not there: " + grant.job());
            }
            kept.put(grant.job(), origin);
            message.setSpec(ToWire.spec(origin.spec()));
        }
        var indices = grant.indices();
        List<Bytes> entries = origin.entries() ? core.entries(origin.draft(), indices.first(), indices.last()) : List.of();
        for (var index = indices.first(); index <= indices.last(); index += indices.step()) {
            var task = message.addTasksBuilder().setIndex(index).setAttempt(grant.attempt());
            if (!entries.isEmpty()) {
                task.setEntry(ToWire.bytes(entries.get((int) (index - indices.first()))));
            }
        }
        return message.build();
    }
}
