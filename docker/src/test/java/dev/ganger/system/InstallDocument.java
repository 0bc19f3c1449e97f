package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of docs/install.md: what stands in it as code, each block with where it is to be called. */
final class InstallDocument {
    private static final Pattern CODE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern WHERE = Pattern.compile("# on (\\S+) as (\\w+)(, with (\\S+))?");

    /** Lines to be called one after the other by somebody on a machine; brings: a file that has to be carried there before, or empty. */
    record Block(String host, String user, String brings, List<String> lines) {}

    private InstallDocument() {}

    /** In the order in which they stand. A block that does not say where it belongs is a mistake. */
    static List<Block> blocks() throws IOException {
        return CODE.matcher(Files.readString(Path.of("../docs/install.md"))).results()
                .map(found -> block(found.group(1), found.group(2))).toList();
    }

    private static Block block(String language, String text) {
        var lines = text.lines().toList();
        var where = WHERE.matcher(lines.getFirst());
        if (!language.equals("sh") || !where.matches()) {
            throw new AssertionError("Expected a block of sh that begins with '# on HOST as USER', found: " + text);
        }
        var brings = where.group(4) == null ? "" : where.group(4);
        return new Block(where.group(1), where.group(2), brings, lines.subList(1, lines.size()));
    }

    /** The archive of this build stands for the one that the page speaks of. */
    static String ofThisBuild(String line) {
        var file = Archive.FILE.getFileName().toString();
        return line.replace("ganger-0.1.0-linux-x86_64.tar.gz", file).replace("ganger-0.1.0/",
                file.replaceFirst("-linux-.*", "/"));
    }
}
