import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes of the jars in LIB what is shipped: without what this machine cannot load, and such that starts are quick. */
final class ShippedJars {
    private static final int OLDEST_CACHED = 50;
    private static final int RENEWED = 52;
    private static final String NATIVES = "org/sqlite/native/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    public static void main(String[] arguments) throws IOException {
        Path lib = Path.of(arguments[0]);
        each(lib, "ganger-.*", UnaryOperator.identity());
        each(lib, "picocli-.*", ShippedJars::renewed);
        each(lib, "bc.*-jdk.*", ShippedJars::unsigned);
        each(lib, "sqlite-jdbc-.*", ShippedJars::ofThisMachine);
    }

    /** What is in a jar, in its order, becomes what the treatment makes of it; times stay, and rights, which follow the builder's umask, do not. */
    private static void each(Path lib, String name, UnaryOperator<Map<String, byte[]>> treatment) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            for (Path jar : files.filter(file -> file.getFileName().toString().matches(name + "\\.jar")).toList()) {
                var times = new HashMap<String, LocalDateTime>();
                write(jar, treatment.apply(read(jar, times)), times);
            }
        }
    }

    private static Map<String, byte[]> read(Path jar, Map<String, LocalDateTime> times) throws IOException {
        var contents = new LinkedHashMap<String, byte[]>();
        try (var old = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : old.stream().filter(entry -> !entry.isDirectory()).toList()) {
                contents.put(entry.getName(), old.getInputStream(entry).readAllBytes());
                times.put(entry.getName(), entry.getTimeLocal());
            }
        }
        return contents;
    }

    private static void write(Path jar, Map<String, byte[]> contents, Map<String, LocalDateTime> times) throws IOException {
        Path fresh = Path.of(jar + ".new");
        try (var out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            for (var entry : contents.entrySet()) {
                var copy = new ZipEntry(entry.getKey());
                copy.setTimeLocal(times.get(entry.getKey()));
                out.putNextEntry(copy);
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    // ---- picocli

    /**
     * Classes of version 49 become 52, with stack maps: a start cache leaves out classes older than 50, and what uses them, which is a quarter
     * of the CLI's start.
     */
    private static Map<String, byte[]> renewed(Map<String, byte[]> contents) {
        ClassFile classes = classes(contents);
        contents.replaceAll((name, bytes) -> name.endsWith(".class") ? renewed(classes, bytes) : bytes);
        return contents;
    }

    /** Stack maps need to know which class is whose child; both are found in the jar or in the JDK. */
    private static ClassFile classes(Map<String, byte[]> contents) {
        var copy = Map.copyOf(contents);
        ClassHierarchyResolver ofTheJar = ClassHierarchyResolver.ofResourceParsing((ClassDesc name) -> stream(copy, name));
        return ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption
                        .of(ofTheJar.orElse(ClassHierarchyResolver.defaultResolver()).cached(HashMap::new)));
    }

    private static InputStream stream(Map<String, byte[]> contents, ClassDesc name) {
        String descriptor = name.descriptorString();
        byte[] found = contents.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
        return found == null ? null : new ByteArrayInputStream(found);
    }

    private static byte[] renewed(ClassFile classes, byte[] bytes) {
        var model = classes.parse(bytes);
        if (model.majorVersion() >= OLDEST_CACHED) {
            return bytes;
        }
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(RENEWED, 0);
            } else {
                builder.with(element);
            }
        };
        return classes.transformClass(model, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    // ---- Bouncy Castle

    /**
     * Without its signature, which only matters to a security provider, and it is none here: checking it costs half a second at each start of a
     * coordinator, and a start cache leaves out signed classes.
     */
    private static Map<String, byte[]> unsigned(Map<String, byte[]> contents) {
        contents.keySet().removeIf(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"));
        contents.computeIfPresent(MANIFEST, (_, bytes) -> withoutDigests(bytes));
        return contents;
    }

    private static byte[] withoutDigests(byte[] manifest) {
        try {
            var main = new Manifest(new ByteArrayInputStream(manifest));
            main.getEntries().clear();
            var out = new ByteArrayOutputStream();
            main.write(out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    // ---- SQLite

    /** Without the native libraries that this machine cannot load: five of six parts of it. */
    private static Map<String, byte[]> ofThisMachine(Map<String, byte[]> contents) {
        String own = NATIVES + "Linux/"
                + (System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"))
                + "/";
        contents.keySet().removeIf(name -> name.startsWith(NATIVES) && !name.startsWith(own));
        if (contents.keySet().stream().noneMatch(name -> name.startsWith(own))) {
            throw new IllegalStateException(
                    "Expected " + own + " in SQLite's jar, and it is not there: it would not run on this machine");
        }
        return contents;
    }
}
