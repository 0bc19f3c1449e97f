package dev.ganger.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules can see: each is shown code that breaks it. */
final class HouseRulesTest {
    private final Path folder;

    HouseRulesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void coreMayNotDoInputAndOutput() throws IOException {
        write("dev.ganger.agent.core", "Spool", "java.nio.file.Path where = java.nio.file.Path.of(\"x\");");
        assertBroken("theCoreSeesOnlyValues");
    }

    @Test
    void coreMayNotLookAtTheClock() throws IOException {
        write("dev.ganger.agent.core", "Lease", "java.time.Instant since = java.time.Instant.now();");
        assertBroken("theCoreIsAFunctionOfWhatItIsGiven");
    }

    @Test
    void coreMayNotThrowDice() throws IOException {
        write("dev.ganger.agent.core", "Backoff", "long pause = new java.util.SplittableRandom(1).nextLong();");
        assertBroken("theCoreIsAFunctionOfWhatItIsGiven");
    }

    @Test
    void coreMayUseTimesItIsGiven() throws IOException {
        write("dev.ganger.agent.core", "Lease", "java.time.Instant end(java.time.Instant now) { return now.plusSeconds(60); }");
        assertBroken();
    }

    @Test
    void apiMayNotReadTheStore() throws IOException {
        write("dev.ganger.coordinator.store", "Journal", "");
        write("dev.ganger.coordinator.api", "Jobs", "dev.ganger.coordinator.store.Journal journal;");
        assertBroken("theApiAsksTheLoopAndNeverTheStore");
    }

    @Test
    void theVerifierMayNotAskTheLoop() throws IOException {
        write("dev.ganger.coordinator.loop", "CoreLoop", "");
        write("dev.ganger.coordinator.verify", "Verification", "dev.ganger.coordinator.loop.CoreLoop loop;");
        assertBroken("whatIsVerifiedIsReadByItself");
    }

    @Test
    void theStoreMayNotAskTheVerifier() throws IOException {
        write("dev.ganger.coordinator.verify", "Faults", "");
        write("dev.ganger.coordinator.store", "Rows", "dev.ganger.coordinator.verify.Faults faults;");
        assertBroken("nobodyLeansOnTheVerifier");
    }

    @Test
    void entriesMayNotBeReadFromTheWire() throws IOException {
        write("dev.ganger.wire", "Channels", "");
        write("dev.ganger.json", "Entries", "dev.ganger.wire.Channels channels;");
        assertBroken("entriesAreReadWithoutAWire");
    }

    @Test
    void onlyEdgesMayUseGrpc() throws IOException {
        write("dev.ganger.cli.client", "Client", "io.grpc.Status status;");
        write("dev.ganger.cli.command", "Submit", "io.grpc.Status status;");
        assertBroken("onlyTheEdgesSpeakGrpc");
    }

    @Test
    void onlyTheStoreMayUseTheDatabase() throws IOException {
        write("dev.ganger.coordinator.store", "Rows", "java.sql.Connection connection;");
        write("dev.ganger.coordinator.output", "Segments", "java.sql.Connection connection;");
        assertBroken("theDatabaseStaysInTheStore");
    }

    @Test
    void programsMayNotSeeEachOther() throws IOException {
        write("dev.ganger.coordinator.loop", "Core", "");
        write("dev.ganger.cli.view", "Table", "dev.ganger.coordinator.loop.Core core;");
        assertBroken("theCliKnowsOnlyTheContract");
    }

    @Test
    void theReferenceMayNotLookIntoVerbs() throws IOException {
        write("dev.ganger.cli.command", "Verbs", "");
        write("dev.ganger.cli.reference", "Manual", "dev.ganger.cli.command.Verbs verbs;");
        assertBroken("theReferenceIsMadeFromWhatTheProgramsTell");
    }

    @Test
    void onlyTheSurfaceMayReadTheCommandLine() throws IOException {
        write("dev.ganger.agent", "Main", "picocli.CommandLine line;");
        assertBroken();
        write("dev.ganger.agent.link", "Link", "picocli.CommandLine line;");
        assertBroken("theCommandLineIsReadAtTheSurface");
    }

    @Test
    void onlyTheConfigurationMayReadYaml() throws IOException {
        write("dev.ganger.config", "Reader", "org.snakeyaml.engine.v2.api.lowlevel.Parse parse;");
        assertBroken();
        write("dev.ganger.program", "Reader", "org.snakeyaml.engine.v2.api.lowlevel.Parse parse;");
        assertBroken("configurationIsReadInOnePlace");
    }

    @Test
    void configurationMayNotUseTheWire() throws IOException {
        write("dev.ganger.wire", "Addresses", "");
        write("dev.ganger.config", "Settings", "dev.ganger.wire.Addresses addresses;");
        assertBroken("configurationAsksOnlyThisMachine");
    }

    @Test
    void namesMustSayTheJob() throws IOException {
        write("dev.ganger.agent.util", "Strings", "");
        write("dev.ganger.agent.exec", "ProcessManager", "");
        assertBroken("packagesAreNamedForTheirJob", "classesAreNamedForWhatTheyAre");
    }

    @Test
    void packagesMayNotFormACycle() throws IOException {
        write("dev.ganger.agent.link", "Stream", "dev.ganger.agent.exec.Child child;");
        write("dev.ganger.agent.exec", "Child", "dev.ganger.agent.link.Stream stream;");
        assertBroken("packagesHaveNoCycles");
    }

    @Test
    void filesAndMethodsMayNotGrow() throws IOException {
        Path fits = write("dev.ganger.model", "Fits", "void method() {" + "\n".repeat(SourceRules.METHOD_LINES - 1) + "}");
        Path grown = write("dev.ganger.model", "Grown", "void method() {" + "\n".repeat(SourceRules.METHOD_LINES) + "}");
        Path large = write("dev.ganger.model", "Large", "\n".repeat(SourceRules.FILE_LINES));
        List<Path> sources = List.of(fits, grown, large);
        assertThat(SourceRules.longMethods(sources)).singleElement().asString().contains("Grown.java:3: method: 41");
        assertThat(SourceRules.longFiles(sources)).singleElement().asString().contains("Large.java");
    }

    @Test
    void everyPackageMustSayWhatItThinksOfNull() throws IOException {
        Path silent = write("dev.ganger.wire", "Mapper", "");
        Path marked = write("dev.ganger.model", "Name", "");
        Files.writeString(marked.resolveSibling("package-info.java"), "@NullMarked\npackage dev.ganger.model;");
        assertThat(SourceRules.unmarkedPackages(List.of(silent, marked))).singleElement().asString()
                .endsWith("dev/ganger/wire");
    }

    private Path write(String inPackage, String name, String body) throws IOException {
        Path file = folder.resolve("src").resolve(inPackage.replace('.', '/')).resolve(name + ".java");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, "package " + inPackage + ";\npublic class " + name + " {\n" + body + "\n}\n");
    }

    private void assertBroken(String... rules) throws IOException {
        JavaClasses compiled = compile();
        assertThat(LayerRules.all().entrySet())
                .filteredOn(rule -> rule.getValue().allowEmptyShould(true).evaluate(compiled).hasViolation())
                .extracting(Map.Entry::getKey).containsExactlyInAnyOrder(rules);
    }

    private JavaClasses compile() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = folder.resolve("classes");
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(SourceRules.sources(folder.resolve("src")));
            var options = List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, sources).call()).isTrue();
        }
        return LayerRules.read(classes);
    }
}
