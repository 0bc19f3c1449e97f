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
    /** Tasks whose entries are read at once: of 128 KiB each at most, they stay within a message. */
    private static final int SLICE = 32;
    private static final int PART_BYTES = 1024 * 1024;

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

    /** As one message, or as several if the entries are large. */
    void send(Event.Leased leased, Outgoing<AttachResponse> outgoing) throws InterruptedException {
        var parts = new Parts(leased.number(), outgoing);
        for (var grant : leased.grants()) {
            add(grant, parts);
        }
        parts.last();
    }

    private void add(Event.Grant grant, Parts parts) throws InterruptedException {
        var isNew = !kept.containsKey(grant.job());
        var origin = keep(grant.job());
        var indices = grant.indices();
        var stride = SLICE * indices.step();
        for (var first = indices.first(); first <= indices.last(); first += stride) {
            var last = Math.min(indices.last(), first + stride - indices.step());
            var job = JobGrant.newBuilder().setJob(grant.job());
            if (isNew && first == indices.first()) {
                job.setSpec(ToWire.spec(origin.spec()));
            }
            List<Bytes> entries = origin.entries() ? core.entries(origin.draft(), first, last) : List.of();
            for (var index = first; index <= last; index += indices.step()) {
                var task = job.addTasksBuilder().setIndex(index).setAttempt(grant.attempt());
                if (!entries.isEmpty()) {
                    task.setEntry(ToWire.bytes(entries.get((int) (index - first))));
                }
            }
            parts.add(job.build());
        }
    }

    private Views.Origin keep(long job) {
        var present = kept.get(job);
        if (present != null) {
            return present;
        }
        var origin = Statuses.await(core.read(views -> views.origin(job)));
        if (origin == null) {
            throw new AssertionError("granted a job that is not there: " + job);
        }
        kept.put(job, origin);
        return origin;
    }

    /** Collects what goes into one message. */
    private static final class Parts {
        private final long number;
        private final Outgoing<AttachResponse> outgoing;
        private Grant.Builder grant;
        private int bytes;

        Parts(long number, Outgoing<AttachResponse> outgoing) {
            this.number = number;
            this.outgoing = outgoing;
            this.grant = Grant.newBuilder().setNumber(number);
        }

        void add(JobGrant job) throws InterruptedException {
            var size = job.getSerializedSize();
            if (bytes > 0 && bytes + size > PART_BYTES) {
                send(true);
            }
            grant.addJobs(job);
            bytes += size;
        }

        void last() throws InterruptedException {
            send(false);
        }

        private void send(boolean more) throws InterruptedException {
            outgoing.send(AttachResponse.newBuilder().setGrant(grant.setMore(more)).build());
            grant = Grant.newBuilder().setNumber(number);
            bytes = 0;
        }
    }
}
