package dev.ganger.agent;

import dev.ganger.agent.link.Joining;
import dev.ganger.model.AgentId;
import dev.ganger.trust.CredentialFolder;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import dev.ganger.trust.PresentedKey;
import dev.ganger.trust.TestAuthority;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A running agent's certificate is renewed in time, and when the coordinator does not take it. */
final class RenewalTest {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path folder = Path.of("");
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private FakeGate gate;
    private CredentialFolder kept;

    @BeforeEach
    void serve() throws IOException {
        gate = new FakeGate(new TestAuthority());
        kept = new CredentialFolder(folder);
    }

    @AfterEach
    void end() {
        gate.close();
    }

    /** Certificates of tests begin an hour ago: with a life of less than two hours half of it is over. */
    private Credentials joined(Duration life) {
        gate.life = life;
        var answer = Joining.join(gate.address(), gate.token(""), new AgentId("vm-1", FakeGate.INSTANCE, 1), Keys.generate());
        gate.life = Duration.ofDays(7);
        assertThat(answer).isInstanceOf(Joining.Answer.Welcome.class);
        return ((Joining.Answer.Welcome) answer).credentials();
    }

    private Renewal renewal(PresentedKey key) {
        return new Renewal(gate.address(), key, kept, () -> heard.add("renewed"), heard::add);
    }

    private String next() throws InterruptedException {
        var next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("something is heard").isNotNull();
        return String.valueOf(next);
    }

    @Test
    void inTheMiddleOfItsLifeItIsRenewedAndKept() throws Exception {
        var key = new PresentedKey(joined(Duration.ofMinutes(110)));
        var before = key.credentials();
        try (var _ = renewal(key)) {
            assertThat(next()).isEqualTo("renewed");
            assertThat(key.credentials().expiresAt()).isAfter(before.expiresAt());
            assertThat(key.credentials().key()).isEqualTo(before.key());
            assertThat(kept.read()).isEqualTo(key.credentials());
        }
        assertThat(gate.renewed.availablePermits()).isOne();
    }

    @Test
    void itIsRenewedEarlierIfTheCoordinatorDoesNotTakeIt() throws Exception {
        try (var renewal = renewal(new PresentedKey(joined(Duration.ofDays(7))))) {
            renewal.hurry();
            assertThat(next()).isEqualTo("renewed");
        }
    }

    @Test
    void whoIsRefusedIsToldWhy() throws Exception {
        var key = new PresentedKey(joined(Duration.ofMinutes(110)));
        gate.refusal = Status.PERMISSION_DENIED.withDescription("agent vm-1 was removed");
        try (var _ = renewal(key)) {
            assertThat(next()).isEqualTo("agent vm-1 was removed");
        }
    }

    @Test
    void anotherCoordinatorAtTheAddressEndsNobody() throws Exception {
        var foreign = new TestAuthority().agent("vm-1", FakeGate.INSTANCE, Duration.ofMinutes(110));
        assertThat(Joining.renew(gate.address(), foreign)).isInstanceOf(Joining.Answer.Stranger.class);
        var key = new PresentedKey(foreign);
        var good = joined(Duration.ofMinutes(110));
        try (var renewal = renewal(key)) {
            key.show(good);
            renewal.hurry();
            assertThat(next()).isEqualTo("renewed");
        }
        assertThat(heard).doesNotContain("the coordinator has another authority than the one that is trusted here");
    }

    @Test
    void whatDoesNotWorkIsTriedAgain() throws Exception {
        var key = new PresentedKey(joined(Duration.ofMinutes(50)));
        gate.refusal = Status.UNAVAILABLE.withDescription("starting");
        try (var _ = renewal(key)) {
            assertThat(gate.renewed.tryAcquire(2, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            gate.refusal = null;
            assertThat(next()).isEqualTo("renewed");
        }
    }
}
