package dev.ganger.agent.exec;

import dev.ganger.agent.exec.Workshop.Order;
import dev.ganger.model.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class ManyChildrenTest {
    private final Workshop workshop = new Workshop();

    @AfterEach
    void nothingIsLeft() {
        workshop.close();
    }

    @Test
    void threeHundredSilentChildrenHoldNobodyUp() {
        var silent = IntStream.range(0, 300).mapToObj(_ -> workshop.start(Order.of("sleep", "1000"))).toList();
        long before = System.nanoTime();
        assertThat(workshop.run(Order.of("echo", "prompt")).stdoutText()).isEqualTo("prompt\n");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        silent.forEach(each -> each.child().end());
        assertThat(silent).allSatisfy(each -> assertThat(each.exit().ending()).isEqualTo(new Ending.Signaled(15)));
    }

    @Test
    void threeHundredNoisyChildrenAreAllHeard() {
        var noisy = IntStream.range(0, 300).mapToObj(i -> workshop.start(Order.of("printf", "%0100000d", "" + i))).toList();
        for (int i = 0; i < 300; i++) {
            noisy.get(i).exit();
            assertThat(noisy.get(i).stdoutText()).hasSize(100_000).endsWith("0" + i);
        }
    }

    @Test
    void twoThousandShortChildrenEndEachOnce() throws Exception {
        var slots = new Semaphore(4);
        var children = new ArrayList<Recorder>();
        for (int i = 0; i < 2_000; i++) {
            slots.acquire();
            var child = new Recorder();
            child.child = workshop.processes.start(workshop.launch(Order.of("/bin/echo", "" + i)), new Releasing(child, slots));
            children.add(child);
        }
        for (int i = 0; i < children.size(); i++) {
            assertThat(children.get(i).exit().ending()).isEqualTo(new Ending.Exited(0));
            assertThat(children.get(i).stdoutText()).isEqualTo(i + "\n");
        }
    }

    /** Gives its slot back at the end. */
    private record Releasing(Recorder recorder, Semaphore slots) implements Listener {
        @Override
        public void stdout(java.nio.ByteBuffer chunk) {
            recorder.stdout(chunk);
        }

        @Override
        public void stderr(java.nio.ByteBuffer chunk) {
            recorder.stderr(chunk);
        }

        @Override
        public void ended(Exit exit) {
            recorder.ended(exit);
            slots.release();
        }
    }
}
