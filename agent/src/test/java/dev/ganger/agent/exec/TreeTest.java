package dev.ganger.agent.exec;

import dev.ganger.agent.exec.Workshop.Order;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Survivors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class TreeTest {
    /** Two forks and a session of its own: what daemons do. It says so when it is there. */
    private static final String DAEMON = "(setsid sh -c '(echo daemon; exec sleep 1000 >&- 2>&-) &' ) & ";
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Workshop workshop = new Workshop();

    @AfterEach
    void nothingIsLeft() {
        workshop.close();
    }

    @Test
    void endAsksFirst() {
        var child = workshop.start(Order.shell("trap 'exit 9' TERM; echo ready; while :; do sleep 0.01; done"));
        child.said("ready").child().end();
        assertThat(child.exit().ending()).isEqualTo(new Ending.Exited(9));
    }

    @Test
    void whatIgnoresTermIsKilledAfterTheGrace() {
        var child = workshop.start(Order.shell("trap '' TERM; echo ready; sleep 1000; sleep 1000").grace(SHORT));
        long before = System.nanoTime();
        child.said("ready").child().end();
        assertThat(child.exit().ending()).isEqualTo(new Ending.Signaled(9));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(SHORT, Duration.ofSeconds(5));
    }

    @Test
    void killDoesNotAsk() {
        var child = workshop.start(Order.shell("trap '' TERM; echo ready; sleep 1000; sleep 1000"));
        child.said("ready").child().kill();
        assertThat(child.exit().ending()).isEqualTo(new Ending.Signaled(9));
    }

    @Test
    void killCutsTheGraceShort() {
        var child = workshop.start(Order.shell("trap '' TERM; echo ready; sleep 1000; sleep 1000").grace(Duration.ofHours(1)));
        child.said("ready").child().end();
        child.child().kill();
        assertThat(child.exit().ending()).isEqualTo(new Ending.Signaled(9));
    }

    @Test
    void aStoppedChildEndsToo() {
        var child = workshop.start(Order.shell("echo ready; kill -STOP $$; exit 1"));
        child.said("ready").child().end();
        assertThat(child.exit().ending()).isEqualTo(new Ending.Signaled(15));
    }

    @Test
    void endReachesTheWholeGroup() {
        var child = workshop.start(Order.shell("sleep 1000 & sleep 1000 & (sleep 1000 & wait) & echo ready; wait"));
        child.said("ready").child().end();
        assertThat(child.exit().ending()).isEqualTo(new Ending.Signaled(15));
        assertThat(child.exit().strays()).isZero();
        assertThat(workshop.ownProcesses()).isEmpty();
    }

    @Test
    void endReachesAnotherSession() {
        var child = workshop.start(Order.shell("setsid sh -c 'echo ready; exec sleep 1000' & wait"));
        child.said("ready").child().end();
        assertThat(child.exit().notEnded()).isEqualTo(Survivors.NONE);
        assertThat(workshop.ownProcesses()).isEmpty();
    }

    @Test
    void endReachesADescendantThatHidItsEnvironmentInAnotherSession() {
        var child = workshop.start(Order.shell("setsid env -i sh -c 'echo $$; exec sleep 1000' & wait"));
        child.said("\n").child().end();
        child.exit();
        assertThat(ProcFiles.process(Long.parseLong(child.stdoutText().strip()))).isNull();
    }

    @Test
    void whatWasSeenOnceIsFollowedToItsEnd() {
        var hidden = "trap \"\" TERM; echo $$; exec sleep 1000";
        var child = workshop.start(Order.shell("setsid env -i sh -c '" + hidden + "' & wait").grace(SHORT));
        child.said("\n").child().end();
        child.exit();
        assertThat(ProcFiles.process(Long.parseLong(child.stdoutText().strip()))).isNull();
    }

    @Test
    void whatIsEndingAnywayIsNoStray() {
        await().atMost(Workshop.PATIENCE).until(
                () -> workshop.run(Order.shell("sleep 0.01 >&- 2>&- & exit 0")).exit().strays() == 0);
    }

    @Test
    void endReachesADaemon() {
        var child = workshop.start(Order.shell(DAEMON + "wait; exec sleep 1000"));
        child.said("daemon").child().end();
        child.exit();
        assertThat(workshop.ownProcesses()).isEmpty();
    }

    @Test
    void aDaemonDoesNotOutliveTheTask() {
        var child = workshop.run(Order.shell("echo $( " + DAEMON + "); exit 3"));
        assertThat(child.stdoutText()).isEqualTo("daemon\n");
        assertThat(child.exit().ending()).isEqualTo(new Ending.Exited(3));
        assertThat(child.exit().strays()).isEqualTo(1);
        assertThat(workshop.ownProcesses()).isEmpty();
    }

    @Test
    void aSilentChildOfTheGroupDoesNotOutliveTheTask() {
        var child = workshop.run(Order.shell("sleep 1000 > /dev/null 2>&1 & sleep 1000 >&- 2>&- & exit 0"));
        assertThat(child.exit().strays()).isEqualTo(2);
        assertThat(workshop.ownProcesses()).isEmpty();
    }

    @Test
    void aStrayThatIgnoresTermIsKilled() {
        var stray = "(trap '' TERM; echo ready; exec >&- 2>&-; exec sleep 1000) & ";
        var child = workshop.run(Order.shell("{ " + stray + "} | head -1").grace(SHORT));
        assertThat(child.stdoutText()).isEqualTo("ready\n");
        assertThat(child.exit().strays()).isEqualTo(1);
        assertThat(workshop.ownProcesses()).isEmpty();
    }

    @Test
    void whatForksOnTermIsFollowed() {
        var child = workshop.start(Order.shell(
                "trap 'setsid sleep 1001 >&- 2>&- & setsid sleep 1002 & exit 0' TERM; echo ready; while :; do sleep 0.01; done")
                .grace(SHORT));
        child.said("ready").child().end();
        child.exit();
        assertThat(workshop.ownProcesses()).isEmpty();
    }

    @Test
    void orphansThatEndedAreNotLeftAsZombies() {
        var child = workshop.start(Order.shell("for i in 1 2 3 4 5; do (true &) ; done; echo ready; exec sleep 1000"));
        child.said("ready");
        await().atMost(Workshop.PATIENCE).until(() -> {
            workshop.run(Order.of("true"));
            return Workshop.zombies().isEmpty();
        });
        child.child().end();
        child.exit();
    }

    @Test
    void tasksNeverEndEachOthersProcesses() {
        var other = workshop.start(Order.shell(DAEMON + "sleep 1000 & (sleep 1000 &) ; echo ready; wait; exec sleep 1000"));
        other.said("daemon").said("ready");
        await().atMost(Workshop.PATIENCE).until(() -> workshop.ownProcesses().size() >= 4);
        var before = workshop.ownProcesses();
        workshop.run(Order.shell("sleep 1000 & exit 0"));
        workshop.run(Order.shell(DAEMON + "exit 0"));
        var ended = workshop.start(Order.shell(DAEMON + "sleep 1000"));
        ended.said("daemon").child().end();
        ended.exit();
        assertThat(workshop.ownProcesses()).containsExactlyElementsOf(before);
        other.child().end();
        other.exit();
        assertThat(workshop.ownProcesses()).isEmpty();
    }

    @Test
    void aSignalNeverReachesALaterProcessWithTheSamePid() {
        var child = workshop.start(Order.of("sleep", "1000"));
        var identity = Objects.requireNonNull(ProcFiles.process(child.child().pid())).identity();
        Tree.signal(new ProcFiles.Identity(identity.pid(), identity.startTicks() - 1), Kernel.SIGKILL);
        Tree.signal(identity, Kernel.SIGTERM);
        assertThat(child.exit().ending()).isEqualTo(new Ending.Signaled(15));
    }

    @Test
    void childrenOfOtherCodeInThisJvmAreLeftAlone() throws Exception {
        int ended = startByAThreadThatEnds("/bin/true");
        int living = startByAThreadThatEnds("/bin/sleep", "1000");
        await().atMost(Workshop.PATIENCE).until(() -> Workshop.zombies().stream().anyMatch(each -> each.pid() == ended));
        workshop.run(Order.shell("sleep 1000 & exit 0"));
        assertThat(Kernel.reap(ended)).as("the status of the one that ended").isNotNull();
        assertThat(Kernel.kill(living, Kernel.SIGKILL)).as("signal to the one that lives").isZero();
        assertThat(Kernel.reapAfterKill(living)).isNotNull();
    }

    /** Not as a session of its own, and like all children of threads that end it now hangs below the first thread. */
    private static int startByAThreadThatEnds(String... arguments) throws InterruptedException {
        var spawn = LibC.function("posix_spawn", FunctionDescriptor.of(LibC.INT, LibC.POINTER, LibC.POINTER, LibC.POINTER,
                LibC.POINTER, LibC.POINTER, LibC.POINTER));
        try (var arena = Arena.ofShared()) {
            var pid = arena.allocate(LibC.INT);
            var strings = CString.array(arena, Stream.of(arguments).map(Bytes::utf8).toList());
            var none = CString.array(arena, List.of());
            var thread = Thread.ofPlatform().start(() -> {
                try {
                    int _ = (int) spawn.invokeExact(pid, CString.of(arena, arguments[0]), MemorySegment.NULL, MemorySegment.NULL,
                            strings, none);
                } catch (Throwable thrown) {
                    throw LibC.bug(thrown);
                }
            });
            thread.join();
            return pid.get(LibC.INT, 0);
        }
    }

    @Test
    void aChildMayBeStartedByAThreadThatEnds() throws Exception {
        var children = new ArrayList<Recorder>();
        var thread = Thread.ofPlatform().start(() -> {
            children.add(workshop.start(Order.shell("read x; exit 6")));
            children.add(workshop.start(Order.shell("echo ready; exec sleep 1000")));
        });
        thread.join();
        workshop.run(Order.shell("sleep 1000 & exit 0"));
        assertThat(children.getFirst().exit().ending()).isEqualTo(new Ending.Exited(6));
        assertThat(children.getLast().hasEnded()).isFalse();
        children.getLast().child().end();
        assertThat(children.getLast().exit().ending()).isEqualTo(new Ending.Signaled(15));
    }

    @Test
    void whatEvenKillDoesNotEndIsNamed() throws IOException {
        try (var freezer = new Freezer()) {
            var child = workshop.start(Order.shell("echo ready; exec sleep 1000").grace(SHORT));
            freezer.freeze(child.said("ready").child().pid());
            child.child().end();
            assertThat(child.exit().notEnded()).isEqualTo(new Survivors(1, List.of(
                    new Survivors.Survivor(child.child().pid(), "sleep"))));
            assertThat(child.exit().ending()).isEqualTo(new Ending.Signaled(9));
        }
    }

    /** A control group whose processes do not even hear KILL. */
    private static final class Freezer implements AutoCloseable {
        private final Path group = Path.of("/sys/fs/cgroup/freezer/ganger-test-" + ProcessHandle.current().pid());

        private Freezer() throws IOException {
            Assumptions.assumeTrue(Files.isWritable(Path.of("/sys/fs/cgroup/freezer")),
                    "needs the freezer of control groups v1, and the right to use it");
            Files.createDirectory(group);
        }

        private void freeze(long pid) throws IOException {
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
            Files.writeString(group.resolve("freezer.state"), "FROZEN");
            await().atMost(Workshop.PATIENCE).until(() -> Files.readString(group.resolve("freezer.state")).equals("FROZEN\n"));
        }

        @Override
        public void close() throws IOException {
            Files.writeString(group.resolve("freezer.state"), "THAWED");
            await().atMost(Workshop.PATIENCE).until(() -> Files.readString(group.resolve("cgroup.procs")).isEmpty());
            Files.delete(group);
        }
    }

    @Test
    void aChildCanBeEndedAsSoonAsItIsStarted() {
        var children = IntStream.range(0, 200).mapToObj(_ -> {
            var child = workshop.start(Order.of("sleep", "1000"));
            child.child().end();
            return child;
        }).toList();
        assertThat(children).allSatisfy(each -> assertThat(each.exit().ending()).isEqualTo(new Ending.Signaled(15)));
    }

    @Test
    void endOfWhatHasEndedIsNothing() {
        var child = workshop.run(Order.of("true"));
        child.child().end();
        child.child().kill();
        assertThat(child.exit().ending().succeeded()).isTrue();
    }

    @Test
    void closeEndsAll() {
        var children = List.of(workshop.start(Order.of("sleep", "1000")),
                workshop.start(Order.shell("sleep 1000 & " + DAEMON + "wait; exec sleep 1000")),
                workshop.start(Order.shell("trap '' TERM; echo ready; sleep 1000; sleep 1000").grace(SHORT)));
        children.get(1).said("daemon");
        children.get(2).said("ready");
        workshop.processes.close();
        children.forEach(each -> each.child().end());
        assertThat(children).allMatch(Recorder::hasEnded);
        assertThat(workshop.ownProcesses()).isEmpty();
        assertThatThrownBy(() -> workshop.start(Order.of("true"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closeWhileOthersStartEndsWhatWasStarted() throws Exception {
        var started = new CountDownLatch(4);
        var children = new java.util.concurrent.ConcurrentLinkedQueue<Recorder>();
        var threads = IntStream.range(0, 4).mapToObj(_ -> Thread.ofPlatform().start(() -> {
            try {
                while (true) {
                    children.add(workshop.start(Order.of("sleep", "1000")));
                    started.countDown();
                }
            } catch (IllegalStateException _) {
                // closed
            }
        })).toList();
        started.await();
        workshop.processes.close();
        for (var each : threads) {
            each.join();
        }
        assertThat(children).allMatch(Recorder::hasEnded);
    }
}
