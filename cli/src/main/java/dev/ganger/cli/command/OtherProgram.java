package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a coordinator or an agent as it would be started here what its options are. */
final class OtherProgram {
    private static final String MARK = "ganger: ";

    private OtherProgram() {}

    static List<Setting> settings(String name, @Nullable Path launcher) {
        if (launcher == null) {
            throw new Failure(Kind.FAILED,
                    "the %s is asked through the launcher; call it as 'ganger config %s'".formatted(name, name));
        }
        try {
            var process = new ProcessBuilder(launcher.toString(), name, "config").start();
            process.getOutputStream().close();
            // Both are far smaller than a pipe, so that one can be read after the other.
            var said = text(process.getInputStream());
            var complaint = text(process.getErrorStream());
            var code = process.waitFor();
            if (code != 0) {
                throw new Failure(code == Kind.USAGE.exitCode() ? Kind.USAGE : Kind.FAILED, sentence(name, complaint, code));
            }
            return said.lines().map(Setting::parse).toList();
        } catch (IOException problem) {
            throw new Failure(Kind.FAILED, "cannot start '" + launcher + "': " + problem.getMessage(), problem);
        } catch (InterruptedException problem) {
            throw new Failure(Kind.INTERRUPTED, "interrupted", problem);
        }
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String sentence(String name, String complaint, int code) {
        var line = complaint.lines().filter(each -> each.startsWith(MARK)).findFirst();
        return line.map(each -> each.substring(MARK.length()))
                .orElse("the %s ended with exit code %d: %s".formatted(name, code, complaint.strip()));
    }
}
