package dev.ganger.cli.install;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What goes to the host with a request, on its standard input. */
interface Payload {
    Payload NOTHING = _ -> {};

    void writeTo(OutputStream out) throws IOException;

    static Payload text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    static Payload file(Path file) {
        return out -> Files.copy(file, out);
    }
}
