package dev.ganger.cli.command;

import dev.ganger.trust.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user hears when two sides do not come to know each other: one sentence, with what to do. */
final class HandshakeTest {
    private static final String LOG_IN = "get a token from an admin and 'ganger login TOKEN'";
    @TempDir
    Path home = Path.of("");

    private static FakeCoordinator withCertificateFrom(Instant start) {
        return new FakeCoordinator(access -> FakeTls.credentials(access.authority.coordinator(start)));
    }

    private void assertRefused(Cli cli, int code, String start, String end) {
        var outcome = cli.run("status");
        assertThat(outcome.err()).startsWith("ganger: " + start).endsWith(end + "\n").hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(cli.run("status", "--debug").err()).contains("Caused by: ");
    }

    @Test
    void anotherCoordinatorAnswers() throws IOException {
        try (var known = FakeCoordinator.encrypted(); var other = FakeCoordinator.encrypted()) {
            var cli = Cli.known(known, home, "alice");
            cli.contexts().create("alice").setAddresses(List.of(other.address()));
            assertRefused(cli, 5,
                    "what answers at " + other.address() + " is not the coordinator that the context 'alice' knows:",
                    "; check the address, and if it was set up anew, " + LOG_IN);
        }
    }

    @Test
    void theClockIsWrong() throws IOException {
        try (var future = withCertificateFrom(Instant.now().plus(Duration.ofDays(9)));
                var past = withCertificateFrom(Instant.now().minus(Duration.ofDays(9)))) {
            assertRefused(Cli.known(future, home.resolve("f"), "alice"), 5,
                    "the certificate of the coordinator at " + future.address()
                            + " is not valid yet by the clock of this machine, 20",
                    "Z: set the clock, or restart the coordinator");
            assertRefused(Cli.known(past, home.resolve("p"), "alice"), 5,
                    "the certificate of the coordinator at " + past.address()
                            + " is no longer valid by the clock of this machine, 20",
                    "Z: set the clock, or restart the coordinator");
        }
    }

    @Test
    void theOwnCertificateHasEnded() throws IOException {
        try (var coordinator = FakeCoordinator.encrypted()) {
            var cli = Cli.known(coordinator, home, "alice");
            cli.contexts().create("alice").folder().write(coordinator.access.authority.user("alice", Duration.ofMinutes(10)));
            assertRefused(cli, 5, "your certificate for " + coordinator.address() + " (context 'alice') ended at 20",
                    "Z; " + LOG_IN);
        }
    }

    @Test
    void theOwnCertificateIsOfAnotherAuthority() throws IOException {
        try (var coordinator = FakeCoordinator.encrypted()) {
            var cli = Cli.known(coordinator, home, "alice");
            var own = cli.contexts().create("alice").folder();
            var stranger = new TestAuthority().user("alice", Duration.ofDays(365));
            own.write(new dev.ganger.trust.Credentials(coordinator.access.authority.certificate(), stranger.certificate(),
                    stranger.key()));
            assertRefused(cli, 5, "the coordinator at " + coordinator.address() + " refused the TLS connection (",
                    "; if it was set up anew, " + LOG_IN);
        }
    }

    @Test
    void whoWasRemovedIsToldByTheCoordinator() throws IOException {
        try (var coordinator = FakeCoordinator.encrypted()) {
            var cli = Cli.known(coordinator, home, "alice");
            coordinator.access.removed.add("alice");
            assertRefused(cli, 5, "the user alice was removed", "; ask an admin for a token");
        }
    }

    @Test
    void somethingElseIsAtThePort() throws IOException {
        try (var known = FakeCoordinator.encrypted();
                var web = new StrangePort("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                var mail = new StrangePort("220 mail.example ESMTP ready\r\n".getBytes(StandardCharsets.US_ASCII));
                var old = new StrangePort(new byte[]{0x15, 3, 3, 0, 2, 2, 0x46});
                var closing = new StrangePort(new byte[0])) {
            var cli = Cli.known(known, home, "alice");
            assertNone(cli, web,
                    "what answers at " + web.address() + " is no coordinator: it is a web server; see --coordinator");
            assertNone(cli, mail,
                    "what answers at " + mail.address() + " is no coordinator: it does not speak TLS; see --coordinator");
            assertNone(cli, old, "the coordinator at " + old.address()
                    + " refused the TLS connection (protocol version); its log says why");
            assertNone(cli, closing, "what answers at " + closing.address()
                    + " is no coordinator: it ended the connection, or says something else; see --coordinator");
        }
    }

    private static void assertNone(Cli cli, StrangePort port, String start) {
        var outcome = cli.run("status", "--context", "alice", "--coordinator", port.address());
        assertThat(outcome.err()).startsWith("ganger: " + start).hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(4);
    }
}
