package dev.ganger.agent.link;

import dev.ganger.agent.core.Assignment;
import dev.ganger.agent.core.Input;
import dev.ganger.model.AttemptId;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.proto.v1.Grant;
import dev.ganger.proto.v1.JobGrant;
import dev.ganger.wire.FromWire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the grants of one stream: keeps the specifications of the jobs granted last, as the coordinator expects. */
final class GrantReader {
    private final Map<Long, JobSpec> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, JobSpec> eldest) {
            return size() > Limits.KEPT_SPECS;
        }
    };

    Input.Granted read(Grant grant) {
        var assignments = new ArrayList<Assignment>();
        for (var job : grant.getJobsList()) {
            var spec = spec(job);
            for (var task : job.getTasksList()) {
                assignments.add(new Assignment(new AttemptId(job.getJob(), task.getIndex(), task.getAttempt()), spec,
                        task.hasEntry() ? FromWire.bytes(task.getEntry()) : null));
            }
        }
        return new Input.Granted(grant.getNumber(), grant.getMore(), assignments);
    }

    private JobSpec spec(JobGrant job) {
        if (job.hasSpec()) {
            kept.put(job.getJob(), FromWire.spec(job.getSpec()));
        }
        var spec = kept.get(job.getJob());
        if (spec == null) {
            throw new IllegalArgumentException("a grant of job " + job.getJob() + " without its specification");
        }
        return spec;
    }
}
