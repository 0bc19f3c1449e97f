package dev.ganger.agent.exec;

import dev.ganger.agent.exec.ProcFiles.Identity;
import dev.ganger.agent.exec.ProcFiles.Sighting;
import dev.ganger.model.Bytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends what was left by a life of this program that was killed. Nobody adopted those processes on its behalf, so they are found by what
 * stands in their environment, then by the sessions of those and by their descent.
 */
final class FormerLife {
    private static final int ROUNDS = 500;
    private static final long BETWEEN_ROUNDS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final byte[] common;
    private final List<byte[]> tasks;
    private final Sighting own;

    private FormerLife(Bytes common, Set<Bytes> taskMarks) {
        this.common = common.toByteArray();
        this.tasks = taskMarks.stream().map(mark -> Launch.variable(mark).toByteArray()).toList();
        var self = ProcFiles.process(ProcessHandle.current().pid());
        if (self == null) {
            throw new AssertionError("/proc shows no process for this one");
        }
        this.own = self;
    }

    /** How many it ended; at once, because their output has nowhere to go. What cannot be killed is left. */
    static int end(Bytes common, Set<Bytes> taskMarks) {
        return taskMarks.isEmpty() ? 0 : new FormerLife(common, taskMarks).end();
    }

    private int end() {
        var ended = new HashSet<Identity>();
        for (var round = 0; round < ROUNDS; round++) {
            var left = members(ProcFiles.all());
            if (left.isEmpty()) {
                break;
            }
            for (var process : left.values()) {
                Tree.signal(process.identity(), Kernel.SIGKILL);
                ended.add(process.identity());
            }
            LockSupport.parkNanos(BETWEEN_ROUNDS_NANOS);
        }
        return ended.size();
    }

    private Map<Long, Sighting> members(List<Sighting> all) {
        var others = all.stream().filter(process -> process.living() && process.session() != own.session()).toList();
        var sessions = new HashSet<Long>();
        for (var process : others) {
            if (isMarked(process.pid())) {
                sessions.add(process.session());
            }
        }
        var members = new HashMap<Long, Sighting>();
        var grown = true;
        while (grown) {
            grown = false;
            for (var process : others) {
                if (sessions.contains(process.session()) || members.containsKey(process.parent())) {
                    grown |= members.put(process.pid(), process) == null;
                }
            }
        }
        return members;
    }

    private boolean isMarked(long pid) {
        return ProcFiles.hasVariable(pid, common) && tasks.stream().anyMatch(task -> ProcFiles.hasVariable(pid, task));
    }
}
