import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Takes out of LIB/sqlite-jdbc-*.jar the native libraries that this machine cannot load: five of six parts of it. */
final class OwnNatives {
    private static final String ALL = "org/sqlite/native/";

    public static void main(String[] arguments) throws IOException {
        String own = ALL + "Linux/" + (System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"))
                + "/";
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path jar : files.filter(file -> file.getFileName().toString().matches("sqlite-jdbc-.*\\.jar")).toList()) {
                reduce(jar, own);
            }
        }
    }

    private static void reduce(Path jar, String own) throws IOException {
        Path fresh = Path.of(jar + ".new");
        try (var old = new ZipFile(jar.toFile()); var out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            List<? extends ZipEntry> kept = old.stream().filter(entry -> !entry.isDirectory())
                    .filter(entry -> !entry.getName().startsWith(ALL) || entry.getName().startsWith(own)).toList();
            if (kept.stream().noneMatch(entry -> entry.getName().startsWith(own))) {
                System.err.println("Expected " + own + " in " + jar + ", and it is not there: it would not run on this machine");
                System.exit(1);
            }
            for (ZipEntry entry : kept) {
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                out.write(old.getInputStream(entry).readAllBytes());
                out.closeEntry();
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
