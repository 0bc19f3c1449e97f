package dev.ganger.coordinator.store;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checksums are on disk, so they never change; each part of what they cover matters. */
final class ChecksumTest {
    private static final byte[] BODY = "123456789".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theChecksumIsThatOfCrc32c() {
        assertThat(Checksum.of(1, 2, BODY)).isEqualTo(0xd97bc630L);
    }

    @Test
    void eachPartMatters() {
        assertThat(Checksum.of(2, 2, BODY)).isNotEqualTo(Checksum.of(1, 2, BODY));
        assertThat(Checksum.of(1, 3, BODY)).isNotEqualTo(Checksum.of(1, 2, BODY));
        assertThat(Checksum.of(1, 2, new byte[]{1})).isNotEqualTo(Checksum.of(1, 2, BODY));
    }
}
