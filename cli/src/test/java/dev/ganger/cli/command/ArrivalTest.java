package dev.ganger.cli.command;

import dev.ganger.trust.Contexts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** How a call finds its coordinator, and is known there: over TLS. */
final class ArrivalTest {
    private final FakeCoordinator coordinator = FakeCoordinator.encrypted();
    private final Cli cli = new Cli();
    @TempDir
    Path home = Path.of("");
    private Contexts contexts = Contexts.of(home);

    @BeforeEach
    void atHome() {
        cli.environment.put("HOME", home.toString());
        contexts = Contexts.of(home.resolve(".config/ganger"));
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    private void context(String name, String... addresses) throws IOException {
        context(name, Duration.ofDays(365), addresses);
    }

    private void context(String name, Duration life, String... addresses) throws IOException {
        var context = contexts.create(name);
        context.folder().write(coordinator.access.authority.user(name, life));
        context.setAddresses(List.of(addresses));
    }

    @Test
    void theOnlyOneThereIs() throws IOException {
        context("alice", coordinator.address());
        var outcome = cli.run("submit", "true");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo("1\n");
    }
}
