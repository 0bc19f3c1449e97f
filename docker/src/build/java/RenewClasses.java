import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings the classes of LIB/picocli-*.jar from version 49 to 52, with stack maps: a start cache leaves out classes older than 50,
 * and what uses them, which is a quarter of the CLI's start.
 */
final class RenewClasses {
    private static final int OLDEST_CACHED = 50;
    private static final int RENEWED = 52;

    public static void main(String[] arguments) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path jar : files.filter(file -> file.getFileName().toString().matches("picocli-.*\\.jar")).toList()) {
                renew(jar);
            }
        }
    }

    private static void renew(Path jar) throws IOException {
        Path fresh = Path.of(jar + ".new");
        try (var old = new ZipFile(jar.toFile()); var out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            var contents = new TreeMap<String, byte[]>();
            List<? extends ZipEntry> entries = old.stream().filter(entry -> !entry.isDirectory()).toList();
            for (ZipEntry entry : entries) {
                contents.put(entry.getName(), old.getInputStream(entry).readAllBytes());
            }
            ClassFile classes = classes(contents);
            for (ZipEntry entry : entries) {
                var renewed = new ZipEntry(entry.getName());
                renewed.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(renewed);
                byte[] bytes = contents.get(entry.getName());
                out.write(entry.getName().endsWith(".class") ? renewed(classes, bytes) : bytes);
                out.closeEntry();
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Stack maps need to know which class is whose child; both are found in the jar or in the JDK. */
    private static ClassFile classes(Map<String, byte[]> contents) {
        ClassHierarchyResolver ofTheJar = ClassHierarchyResolver.ofResourceParsing((ClassDesc name) -> stream(contents, name));
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
}
