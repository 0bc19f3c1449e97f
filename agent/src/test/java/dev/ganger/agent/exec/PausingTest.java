package dev.ganger.agent.exec;

import dev.ganger.agent.exec.Workshop.Order;
import dev.ganger.model.Ending;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is written while nothing is read. */
@Timeout(60)
class PausingTest {
    private final Workshop workshop = new Workshop();

    @AfterEach
    void nothingIsLeft() {
        workshop.close();
    }

    /** Long enough for everybody to be asleep, or for a loop that is not to be noticed. */
    private static void aWhile() {
        LockSupport.parkNanos(ChildProcess.LINGER.plusMillis(300).toNanos());
    }

    @Test
    void aChildWaitsInItsWriteAndGoesOnByItself() {
        workshop.processes.readOutput(false);
        var child = workshop.start(Order.of("head", "-c", "1000000", "/dev/zero"));
        aWhile();
        assertThat(child.hasEnded()).isFalse();
        assertThat(child.stdoutBytes()).isEmpty();
        workshop.processes.readOutput(true);
        assertThat(child.exit().ending()).isEqualTo(new Ending.Exited(0));
        assertThat(child.stdoutBytes()).hasSize(1_000_000);
    }

    @Test
    void aChildThatEndsMeanwhileIsReadWhole() {
        workshop.processes.readOutput(false);
        var child = workshop.run(Order.shell("head -c 65536 /dev/zero; echo complaint >&2"));
        assertThat(child.stdoutBytes()).hasSize(65_536);
        assertThat(child.stderrText()).isEqualTo("complaint\n");
        assertThat(child.exit().strays()).isZero();
        workshop.processes.readOutput(true);
    }

    @Test
    void itIsNotTheLessPromptForIt() {
        workshop.processes.readOutput(false);
        var before = System.nanoTime();
        assertThat(workshop.run(Order.of("echo", "prompt")).stdoutText()).isEqualTo("prompt\n");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ChildProcess.LINGER);
    }

    @Test
    void aGrandchildThatHoldsThePipeIsNotCutOff() {
        workshop.processes.readOutput(false);
        var child = workshop.start(Order.shell("(head -c 1000000 /dev/zero; echo the end) & echo early"));
        await().atMost(Workshop.PATIENCE).until(() -> child.stdoutBytes().length > 0);
        aWhile();
        aWhile();
        assertThat(child.hasEnded()).isFalse();
        workshop.processes.readOutput(true);
        assertThat(child.exit().strays()).isZero();
        assertThat(child.stdoutBytes()).hasSize(1_000_000 + 6 + 8);
        assertThat(child.stdoutText()).endsWith("the end\n");
    }

    @Test
    void aGrandchildThatStaysIsEndedAfterwards() {
        workshop.processes.readOutput(false);
        var child = workshop.start(Order.shell("sleep 1000 & echo done"));
        aWhile();
        workshop.processes.readOutput(true);
        assertThat(child.exit().strays()).isEqualTo(1);
        assertThat(child.stdoutText()).isEqualTo("done\n");
    }

    @Test
    void aChildCanBeEndedMeanwhile() {
        workshop.processes.readOutput(false);
        var child = workshop.start(Order.of("yes"));
        aWhile();
        child.child().end();
        assertThat(child.exit().ending()).isEqualTo(new Ending.Signaled(15));
        assertThat(child.stdoutBytes().length).isPositive();
    }

    @Test
    void nobodyIsBusyMeanwhile() {
        workshop.processes.readOutput(false);
        var child = workshop.start(Order.of("yes"));
        aWhile();
        var before = cpuNanos();
        aWhile();
        assertThat(Duration.ofNanos(cpuNanos() - before)).isLessThan(Duration.ofMillis(100));
        child.child().kill();
        child.exit();
    }

    private static long cpuNanos() {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().equals("ganger-exec"))
                .mapToLong(each -> threads.getThreadCpuTime(each.threadId())).sum();
    }

    @Test
    void manyPausesLoseNothing() {
        var children = IntStream.range(0, 20).mapToObj(i -> workshop.start(Order.of("printf", "%0300000d", "" + i))).toList();
        for (var i = 0; i < 2_000; i++) {
            workshop.processes.readOutput(i % 2 == 0);
            if (i % 50 == 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        workshop.processes.readOutput(true);
        for (var i = 0; i < 20; i++) {
            children.get(i).exit();
            assertThat(children.get(i).stdoutText()).hasSize(300_000).endsWith("0" + i);
        }
    }
}
