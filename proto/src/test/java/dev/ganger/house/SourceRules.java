package dev.ganger.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;

/** What the sources themselves must keep to: central files stay small, and null is said in every package. */
final class SourceRules {
    static final int FILE_LINES = 400;
    static final int METHOD_LINES = 40;

    private SourceRules() {}

    /** One test a rule, on the sources of the module in a folder. */
    static Stream<DynamicTest> tests(Path module) {
        List<Path> sources = sources(module.resolve("src"));
        return Stream.of(
                DynamicTest.dynamicTest("filesStaySmall",
                        () -> none("a file has at most " + FILE_LINES + " lines", longFiles(sources))),
                DynamicTest.dynamicTest("methodsStaySmall",
                        () -> none("a method has at most " + METHOD_LINES + " lines", longMethods(sources))),
                DynamicTest.dynamicTest("nullIsSaidInEveryPackage",
                        () -> none("a package is @NullMarked in its package-info.java", unmarkedPackages(sources))));
    }

    static List<Path> sources(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> longFiles(List<Path> sources) {
        return sources.stream().filter(file -> lines(file).size() > FILE_LINES).map(file -> file + ": " + lines(file).size())
                .toList();
    }

    /** Asks the compiler where each method begins (its annotations included, its Javadoc not) and ends. */
    static List<String> longMethods(List<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new ArrayList<String>();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
                    files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : sources.isEmpty() ? List.<CompilationUnitTree>of() : task.parse()) {
                new LongMethods(positions, found).scan(unit, null);
            }
        }
        return found;
    }

    /**
     * A package of tests alone needs its own package-info.java; one that continues a package of the program does not. What the build runs as a
     * file has no package.
     */
    static List<String> unmarkedPackages(List<Path> sources) {
        return sources.stream().map(Path::getParent).filter(folder -> !folder.endsWith("java")).distinct()
                .filter(folder -> !isMarked(folder) && !isMarked(Path.of(folder.toString().replace("/src/test/", "/src/main/"))))
                .map(Path::toString).toList();
    }

    private static boolean isMarked(Path folder) {
        Path info = folder.resolve("package-info.java");
        return Files.exists(info) && lines(info).contains("@NullMarked");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void none(String rule, List<String> offenders) {
        if (!offenders.isEmpty()) {
            throw new AssertionError("Expected that " + rule + ", found:\n" + String.join("\n", offenders));
        }
    }

    /** Collects the methods and constructors that are too long. */
    private static final class LongMethods extends TreePathScanner<Void, Void> {
        private final SourcePositions positions;
        private final List<String> found;

        LongMethods(SourcePositions positions, List<String> found) {
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
            long last = positions.getEndPosition(unit, method);
            long length = last < 0 ? 0 : unit.getLineMap().getLineNumber(last) - first + 1;
            if (length > METHOD_LINES) {
                found.add(unit.getSourceFile().getName() + ":" + first + ": " + method.getName() + ": " + length);
            }
            return super.visitMethod(method, nothing);
        }
    }
}
