import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Writes the licence of each jar of LIB into a folder of its own in DIR: what the jar carries, else what TEXTS/parts says. */
final class Licences {
    private static final Pattern CARRIED = Pattern.compile("(?i)(?!.*\\.class$).*(licen[cs]e|notice|copying)[^/]*");
    private static final Pattern TEXT = Pattern.compile("(?i).*licen[cs]e.*");
    private static final Pattern VERSION = Pattern.compile("-\\d.*");

    private record Part(String licence, String copyright) {}

    public static void main(String[] arguments) throws IOException {
        Path lib = Path.of(arguments[0]);
        Path texts = Path.of(arguments[1]);
        Path directory = Path.of(arguments[2]);
        Map<String, Part> parts = parts(texts.resolve("parts"));
        for (Path jar : jars(lib)) {
            String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
            if (!copyCarried(jar, directory.resolve(name))) {
                Part part = parts.get(VERSION.matcher(name).replaceFirst(""));
                if (part == null) {
                    System.err.println(
                            "No licence is known of " + jar + ": it carries none; write a line into " + texts.resolve("parts"));
                    System.exit(1);
                }
                Files.createDirectories(directory.resolve(name));
                // Most are under the one that Ganger itself is under, which lies beside lib.
                Path text = part.licence().equals("Apache-2.0")
                        ? lib.resolveSibling("LICENSE")
                        : texts.resolve(part.licence() + ".txt");
                Files.writeString(directory.resolve(name).resolve("LICENSE"), part.copyright() + "\n\n" + Files.readString(text));
            }
        }
    }

    private static Map<String, Part> parts(Path table) throws IOException {
        var parts = new HashMap<String, Part>();
        for (String line : Files.readAllLines(table)) {
            if (!line.startsWith("#")) {
                String[] columns = line.split("\t");
                parts.put(columns[0], new Part(columns[1], columns[2]));
            }
        }
        return parts;
    }

    private static List<Path> jars(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** False if it carries no licence; a notice alone is none. */
    private static boolean copyCarried(Path jar, Path directory) throws IOException {
        try (var file = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> carried = file.stream()
                    .filter(entry -> !entry.isDirectory() && CARRIED.matcher(entry.getName()).matches()).toList();
            for (ZipEntry entry : carried) {
                Files.createDirectories(directory);
                try (var in = file.getInputStream(entry)) {
                    Files.write(directory.resolve(Path.of(entry.getName()).getFileName()), in.readAllBytes());
                }
            }
            return carried.stream().anyMatch(entry -> TEXT.matcher(entry.getName()).matches());
        }
    }
}
