package dev.ganger.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

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
}
