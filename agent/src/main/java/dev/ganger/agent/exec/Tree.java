package dev.ganger.agent.exec;

import dev.ganger.agent.exec.ProcFiles.Identity;
import dev.ganger.agent.exec.ProcFiles.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows which processes belong to which child, and signals them.
 *
 * <p>This process adopts orphans, so whatever a child leaves behind hangs below an adopted process. Normally there is none, which
 * one system call tells; only otherwise all of /proc is read. Used by the one thread that serves the children.
 */
final class Tree implements AutoCloseable {
    /**
     * The children of this JVM that are not adopted, by pid: there is one table of children a process, and so one here.
     *
     * <p>Whoever reaps adopted processes must leave these alone.
     */
    private static final Map<Long, Object> LEADERS = new ConcurrentHashMap<>();
    private static final int LOOKS = 500;

    private final long ownPid = ProcessHandle.current().pid();
    private final long ownSession;
    private final ProcFiles.Adopted adopted = new ProcFiles.Adopted();
    /** Leaders that could not be ended in time; they are reaped when they do. */
    private final Map<Long, Object> abandoned = new HashMap<>();
    private final Origins origins = new Origins();
    /** How many adopted processes have ended; what ended may have left another. */
    private long reaped;
    private @Nullable List<Sighting> snapshot;

    Tree() {
        var own = ProcFiles.process(ownPid);
        if (own == null) {
            throw new AssertionError("/proc shows no process " + ownPid + ", which is this one");
        }
        ownSession = own.session();
    }

    /** Before the thread that started it can end, when its children would look adopted. */
    static void enter(long leader, Object owner) {
        LEADERS.put(leader, owner);
    }

    /** After it was reaped; another one may have entered with its pid meanwhile. */
    static void leave(long leader, Object owner) {
        LEADERS.remove(leader, owner);
    }

    /** What was read so far is old. */
    void forget() {
        snapshot = null;
    }

    /** It could not be ended, and stays in the process table until it is. */
    void abandon(long leader, Object owner) {
        abandoned.put(leader, owner);
    }

    /** They could not be ended: no other child has to wait for them. */
    void giveUp(List<Sighting> members) {
        members.forEach(each -> origins.giveUp(each.identity()));
    }

    /** Takes adopted processes that have ended out of the process table, and ends those that no child is left to end. */
    void reap() {
        var living = livingAdopted();
        origins.keepOnly(living);
        for (var each : living) {
            if (origins.isNobodys(each.identity(), LEADERS.values())) {
                killGroup(each.group());
            }
        }
        abandoned.entrySet().removeIf(each -> {
            boolean reaped = Kernel.reap(each.getKey()) != null;
            if (reaped) {
                leave(each.getKey(), each.getValue());
            }
            return reaped;
        });
    }

    /** The processes of this child that live, without itself. */
    List<Sighting> members(ChildProcess child) {
        var roots = roots(child);
        if (child.hasExited() && roots.isEmpty()) {
            return List.of();
        }
        var all = snapshot();
        var members = new HashMap<Long, Sighting>();
        roots.forEach(each -> members.put(each.pid(), each));
        for (var each : all) {
            if (child.hasMade(each.session()) || (isAdopted(each) && isRootOf(child, each))) {
                members.put(each.pid(), each);
            }
        }
        addDescendants(all, members);
        members.remove(child.pid());
        var living = members.values().stream().filter(Sighting::living).toList();
        // they may have ended since they were listed, and may have left others that were not listed yet
        return living.isEmpty() && child.hasExited() ? roots(child) : living;
    }

    /** Of the adopted ones. What forks and ends all the time is looked for until it is caught alive, or nothing ends any more. */
    private List<Sighting> roots(ChildProcess child) {
        for (var look = 0; look < LOOKS; look++) {
            var reapedBefore = reaped;
            var adopted = livingAdopted();
            var roots = adopted.stream().filter(each -> isRootOf(child, each)).toList();
            if (!roots.isEmpty()
                    || reaped == reapedBefore && adopted.stream().allMatch(each -> isStillThere(each.identity()))) {
                return roots;
            }
        }
        return List.of();
    }

    private static boolean isStillThere(Identity process) {
        var now = ProcFiles.process(process.pid());
        return now != null && now.living() && now.identity().equals(process);
    }

    private void addDescendants(List<Sighting> all, Map<Long, Sighting> members) {
        boolean grown = true;
        while (grown) {
            grown = false;
            for (var each : all) {
                if (members.containsKey(each.parent()) && !members.containsKey(each.pid()) && !isOfAnotherLeader(each, members)) {
                    members.put(each.pid(), each);
                    grown = true;
                }
            }
        }
    }

    /** A pid may be used again while /proc is read; then a parent is not the one that was seen. */
    private static boolean isOfAnotherLeader(Sighting process, Map<Long, Sighting> members) {
        return LEADERS.containsKey(process.session()) && !members.containsKey(process.session());
    }

    private boolean isAdopted(Sighting process) {
        return process.parent() == ownPid && process.session() != ownSession && !LEADERS.containsKey(process.pid());
    }

    /** By its session, which nobody else can join; or seen below the child before; or by its environment; or because no other is left. */
    private boolean isRootOf(ChildProcess child, Sighting process) {
        if (LEADERS.containsKey(process.session())) {
            return process.session() == child.pid();
        }
        if (child.hasMade(process.session()) || child.hasSeen(process.identity())) {
            return true;
        }
        if (ProcFiles.hasVariable(process.pid(), child.taskVariable())) {
            child.sawSession(process.session());
            return true;
        }
        return origins.isOnly(child, process.identity(), LEADERS.values());
    }

    /** Reaps the others: nobody else waits for them. Children that other code of this JVM started are in its own session. */
    private List<Sighting> livingAdopted() {
        var living = new ArrayList<Sighting>();
        for (long pid : adopted.pids()) {
            var process = LEADERS.containsKey(pid) ? null : ProcFiles.process(pid);
            if (process == null || process.session() == ownSession) {
                continue;
            }
            if (process.living()) {
                living.add(process);
            } else {
                Kernel.reap(pid);
                reaped++;
            }
        }
        return living;
    }

    private List<Sighting> snapshot() {
        if (snapshot == null) {
            snapshot = ProcFiles.all();
        }
        return snapshot;
    }

    /** Signals exactly this process, and no later one with its pid. */
    static void signal(Identity target, int... signals) {
        int descriptor = Kernel.openProcess(target.pid());
        if (descriptor < 0) {
            return;
        }
        var now = ProcFiles.process(target.pid());
        if (now != null && now.identity().equals(target)) {
            for (int signal : signals) {
                Kernel.signalProcess(descriptor, signal);
            }
        }
        Descriptors.close(descriptor);
    }

    /** One of which a process was just seen, so that it is no other's; 0 and 1 would be far more than a group. */
    static void killGroup(long group) {
        if (group > 1) {
            Kernel.kill(-group, Kernel.SIGKILL);
        }
    }

    @Override
    public void close() {
        adopted.close();
    }
}
