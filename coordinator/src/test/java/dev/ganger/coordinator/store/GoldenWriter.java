package dev.ganger.coordinator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the golden files that are not there yet; never one that is. Run it in the module's folder after adding an event. */
final class GoldenWriter {
    private GoldenWriter() {}

    static void main() throws IOException {
        var folder = Files.createDirectories(Path.of("src/test/resources/golden/v1"));
        for (var event : GoldenEvents.V1) {
            write(folder.resolve(event.getClass().getSimpleName() + ".bin"), EventCodec.encode(List.of(event)));
        }
        write(folder.resolve("DoneBlock.bin"), DoneCodec.encode(GoldenTest.DONE));
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (!Files.exists(file)) {
            Files.write(file, content);
        }
    }
}
