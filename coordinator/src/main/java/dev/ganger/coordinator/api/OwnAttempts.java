package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Views.Holder;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.security.Caller;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Result;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts whose output an agent may write: its own. Each is asked for once a call; where nobody has an identity, everybody is believed. */
final class OwnAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(OwnAttempts.class);
    /** Attempts that are remembered; one that is not is asked for again. */
    private static final int KNOWN = 4_096;

    private final Core core;
    private final Caller.@Nullable Agent agent;
    private final Set<AttemptId> known = new HashSet<>();

    OwnAttempts(Core core, Caller caller) {
        this.core = core;
        this.agent = caller instanceof Caller.Agent each ? each : null;
    }

    /** False if no agent had it; throws a status, in a sentence, if another one has or had. */
    boolean contain(AttemptId attempt) {
        if (agent == null || known.contains(attempt)) {
            return true;
        }
        var holder = holder(attempt);
        if (holder == null) {
            return false;
        }
        if (!isOf(agent, holder)) {
            LOG.warn("{} (installation {}) wants to write the output of {}, which is agent '{}'s, and is refused",
                    agent.described(), agent.instance(), attempt, holder.agent());
            throw Status.PERMISSION_DENIED
                    .withDescription("attempt %s is agent '%s's, and you are %s: an agent writes only its own output"
                            .formatted(attempt, holder.agent(), agent.described()))
                    .asRuntimeException();
        }
        if (known.size() >= KNOWN) {
            known.clear();
        }
        return known.add(attempt);
    }

    private static boolean isOf(Caller.Agent agent, Holder holder) {
        return holder.instance() == null ? holder.agent().equals(agent.name()) : holder.instance().equals(agent.instance());
    }

    private @Nullable Holder holder(AttemptId attempt) {
        var present = Statuses.await(core.read(views -> views.holder(attempt)));
        return present != null ? present : past(attempt);
    }

    private @Nullable Holder past(AttemptId attempt) {
        for (var result : core.everyResult(attempt.job(), attempt.index(), attempt.index()).getOrDefault(attempt.index(),
                List.of())) {
            var name = nameIn(result, attempt.number());
            if (!name.isEmpty()) {
                return new Holder(null, name);
            }
        }
        return null;
    }

    private static String nameIn(Result result, int attempt) {
        for (var earlier : result.earlier()) {
            if (earlier.number() == attempt) {
                return earlier.agent();
            }
        }
        return result.attempt() == attempt ? result.agent() : "";
    }
}
