package dev.ganger.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class RetainedTest {
    private static final int READ_BYTES = 8_000;

    @Test
    void valuesThatWereReadAreForgottenEvenIfAllIsReadWithinValues() throws IOException {
        var content = "{\"a\": 1}\n".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        var retained = new Retained(new ByteArrayInputStream(content));
        var ahead = new byte[READ_BYTES];
        var read = 0L;
        for (var value = 0L; value + 9 <= content.length; value += 9) {
            retained.begin(value);
            while (read < value + 8) {
                read += retained.read(ahead, 0, READ_BYTES);
            }
            assertThat(retained.end(value + 8).size()).isEqualTo(7);
        }
        assertThat(retained.capacity()).isLessThan(1 << 20);
    }
}
