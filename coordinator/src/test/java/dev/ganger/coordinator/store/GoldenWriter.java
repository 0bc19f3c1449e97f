package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the golden files that are not there yet; never one that is. Run it in the module's folder after adding an event. */
final class GoldenWriter {
    private GoldenWriter() {}

    static void main() throws IOException {
        var folder = Path.of("src/test/resources/golden");
        write(folder.resolve("v1"), GoldenEvents.V1);
        write(folder.resolve("v1/DoneBlock.bin"), DoneCodec.encode(GoldenTest.DONE));
        write(folder.resolve("v2"), GoldenEvents.V2);
        write(folder.resolve("v3"), GoldenEvents.V3);
        write(folder.resolve("v3/DoneBlock.bin"), DoneCodec.encode(List.of(DoneCodec.record(GoldenTest.RETURNED))));
    }

    private static void write(Path folder, List<Event.Durable> events) throws IOException {
        Files.createDirectories(folder);
        for (var event : events) {
            write(folder.resolve(event.getClass().getSimpleName() + ".bin"), EventCodec.encode(List.of(event)));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (!Files.exists(file)) {
            Files.write(file, content);
        }
    }
}
