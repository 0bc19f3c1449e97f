package dev.ganger.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class SuperuserTest {
    @Test
    void isWhoHasTheIdZero() throws IOException {
        var id = new String(new ProcessBuilder("id", "-u").start().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(Superuser.runsThis()).isEqualTo(id.strip().equals("0"));
    }
}
