package dev.ganger.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an agent keeps on its machine. */
final class AgentFolderTest {
    @Test
    void whatTasksWroteIsForTheEyesOfTheOwnerOnly(@TempDir Path temporary) throws IOException {
        var folder = temporary.resolve("agent");
        try (var opened = AgentFolder.open(folder)) {
            assertThat(opened.start()).isEqualTo(1);
            assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aCutOrAFlippedByteInWhoItIsIsRefusedWithTheFile(@TempDir Path temporary) throws IOException {
        var folder = temporary.resolve("agent");
        AgentFolder.open(folder).close();
        for (var name : List.of("instance", "start")) {
            var file = folder.resolve(name);
            var whole = Files.readAllBytes(file);
            for (var damaged : damaged(whole)) {
                Files.write(file, damaged);
                assertThatThrownBy(() -> AgentFolder.open(folder)).as("%s with %s", name, Arrays.toString(damaged))
                        .isInstanceOf(IOException.class).hasMessage(
                                "%s is damaged; remove %s, and the agent is a new one".formatted(file, folder));
            }
            Files.write(file, whole);
        }
        try (var opened = AgentFolder.open(folder)) {
            assertThat(opened.start()).isEqualTo(2);
        }
    }

    private static List<byte[]> damaged(byte[] whole) {
        var all = new ArrayList<byte[]>();
        for (var at = 0; at < whole.length; at++) {
            all.add(Arrays.copyOf(whole, at));
            var flipped = whole.clone();
            flipped[at] ^= 0x01;
            all.add(flipped);
            var high = whole.clone();
            high[at] ^= (byte) 0x80;
            all.add(high);
        }
        return all;
    }
}
