package dev.ganger.agent.exec;

import dev.ganger.agent.exec.Workshop.Order;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class OutputTest {
    private final Workshop workshop = new Workshop();

    @AfterEach
    void nothingIsLeft() {
        workshop.close();
    }

    @Test
    void stdoutAndStderrAreSeparate() {
        var child = workshop.run(Order.shell("echo out; echo err >&2"));
        assertThat(child.stdoutText()).isEqualTo("out\n");
        assertThat(child.stderrText()).isEqualTo("err\n");
    }

    @Test
    void theEndNeedsNoNewline() {
        assertThat(workshop.run(Order.of("printf", "no newline")).stdoutText()).isEqualTo("no newline");
    }

    @Test
    void outputIsBytes() {
        var child = workshop.run(Order.of("printf", "\\000\\377\\200\\r\\n\\000"));
        assertThat(child.stdoutBytes()).containsExactly(0, 0xff, 0x80, '\r', '\n', 0);
    }

    @Test
    void outputOfAClosedStreamIsNotWaitedFor() {
        var child = workshop.run(Order.shell("exec >&- 2>&-; read ignored < /dev/null; exit 5"));
        assertThat(child.exit().ending()).isEqualTo(new Ending.Exited(5));
    }

    @Test
    void aHundredMegabytesArriveInOrder() throws Exception {
        int megabytes = 100;
        var expected = MessageDigest.getInstance("SHA-256");
        byte[] line = "0123456789abcde\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (long i = 0; i < megabytes * 1024L * 1024 / line.length; i++) {
            expected.update(line);
        }
        var digest = new Digest();
        workshop.processes.start(workshop.launch(Order.shell("yes 0123456789abcde | head -c " + megabytes + "M")), digest);
        assertThat(digest.result.get(30, TimeUnit.SECONDS)).isEqualTo(HexFormat.of().formatHex(expected.digest()));
    }

    /** Hashes what it hears. */
    private static final class Digest implements Listener {
        private final MessageDigest digest;
        private final CompletableFuture<String> result = new CompletableFuture<>();

        private Digest() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance("SHA-256");
        }

        @Override
        public void stdout(ByteBuffer chunk) {
            digest.update(chunk);
        }

        @Override
        public void stderr(ByteBuffer chunk) {
            throw new AssertionError("nothing is written to stderr");
        }

        @Override
        public void ended(Exit exit) {
            result.complete(HexFormat.of().formatHex(digest.digest()));
        }
    }

    @Test
    void aNoisyChildDoesNotSilenceTheOthers() throws Exception {
        var heard = new Recorder();
        var noisy = workshop.processes.start(workshop.launch(Order.of("yes")), new SlowListener(heard));
        for (int i = 0; i < 20; i++) {
            assertThat(workshop.run(Order.of("echo", "here")).stdoutText()).isEqualTo("here\n");
        }
        assertThat(heard.hasEnded()).isFalse();
        noisy.kill();
        assertThat(heard.exit().ending()).isEqualTo(new Ending.Signaled(9));
    }

    /** So slow that the pipe is always full again. */
    private record SlowListener(Recorder recorder) implements Listener {
        @Override
        public void stdout(ByteBuffer chunk) {
            LockSupport.parkNanos(1_000_000);
        }

        @Override
        public void stderr(ByteBuffer chunk) {
            recorder.stderr(chunk);
        }

        @Override
        public void ended(Exit exit) {
            recorder.ended(exit);
        }
    }

    @Test
    void aGrandchildMayFinishWritingAMomentLater() {
        var child = workshop.run(Order.shell("(sleep 0.1; echo late) & echo early"));
        assertThat(child.stdoutText()).isEqualTo("early\nlate\n");
        assertThat(child.exit().strays()).isZero();
    }

    @Test
    void aGrandchildThatKeepsThePipeOpenIsEnded() {
        var child = workshop.run(Order.shell("sleep 1000 & echo done"));
        assertThat(child.stdoutText()).isEqualTo("done\n");
        assertThat(child.exit().ending()).isEqualTo(new Ending.Exited(0));
        assertThat(child.exit().strays()).isEqualTo(1);
        assertThat(child.exit().notEnded().isEmpty()).isTrue();
    }

    @Test
    void whatAnEndedChildWroteLastIsKept() {
        var child = workshop
                .start(Order.shell("trap 'printf %050000d 7; echo bye; exit 4' TERM; echo ready; while :; do sleep 0.01; done")
                        .grace(Duration.ofSeconds(20)));
        child.said("ready\n").child().end();
        assertThat(child.exit().ending()).isEqualTo(new Ending.Exited(4));
        assertThat(child.stdoutText()).endsWith("7bye\n").hasSize(6 + 50_000 + 4);
    }

    @Test
    void inputCanBeReadByName() {
        assertThat(workshop.run(Order.of("cat", "/dev/stdin").input(Bytes.utf8("named"))).stdoutText()).isEqualTo("named");
    }
}
