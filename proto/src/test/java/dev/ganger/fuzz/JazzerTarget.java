package dev.ganger.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** One reader of the {@code …FuzzTest}s, as Jazzer wants it; {@code .ci/fuzz} calls it once for each. */
public final class JazzerTarget {
    @SuppressWarnings("NullAway.Init")
    private static Fuzz reader;

    private JazzerTarget() {}

    /** Writes the inputs that each reader of these tests begins with into a folder of its own, and prints: folder, test, reader. */
    static void main(String... folderAndTests) throws IOException, ReflectiveOperationException {
        var number = 0;
        for (var test : Arrays.asList(folderAndTests).subList(1, folderAndTests.length)) {
            for (var each : readers(test).entrySet()) {
                var folder = Files.createDirectories(Path.of(folderAndTests[0], Integer.toString(++number)));
                var seeds = each.getValue().seeds();
                for (var seed = 0; seed < seeds.size(); seed++) {
                    Files.write(folder.resolve("seed-" + seed), seeds.get(seed));
                }
                System.out.println(folder + "\t" + test + "\t" + each.getKey());
            }
        }
    }

    /** -Dganger.fuzz.test and -Dganger.fuzz.reader say which one. */
    public static void fuzzerInitialize() throws ReflectiveOperationException {
        var test = System.getProperty("ganger.fuzz.test", "");
        var name = System.getProperty("ganger.fuzz.reader", "");
        var found = readers(test).get(name);
        if (found == null) {
            throw new IllegalArgumentException("%s has no reader '%s'".formatted(test, name));
        }
        reader = found;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        reader.read(input);
    }

    /** None of tests that write files: those would be slow, and in each other's way. */
    private static Map<String, Fuzz> readers(String test) throws ReflectiveOperationException {
        var type = Class.forName(test);
        if (Stream.of(type.getDeclaredFields()).anyMatch(field -> field.isAnnotationPresent(TempDir.class))) {
            return Map.of();
        }
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        var instance = constructor.newInstance();
        var readers = new LinkedHashMap<String, Fuzz>();
        for (var method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(TestFactory.class) && method.getParameterCount() == 0) {
                method.setAccessible(true);
                ((Stream<?>) method.invoke(instance)).map(DynamicTest.class::cast)
                        .forEach(each -> readers.put(each.getDisplayName(), (Fuzz) each.getExecutable()));
            }
        }
        return readers;
    }
}
