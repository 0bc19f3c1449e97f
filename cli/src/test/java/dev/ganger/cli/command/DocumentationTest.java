package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.model.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/cli.md says of exit codes and of JSON is what the program does; of verbs and options, ReferenceIT says it. */
final class DocumentationTest {
    private static final Pattern CODE = Pattern.compile("(?m)^\\| (\\d+) \\|");
    private static final Pattern OBJECT = Pattern.compile("(?m)^\\| (\\w+) \\| .* \\| `(.*)` \\|$");

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);
    private final String text;
    @TempDir
    Path home = Path.of("");

    DocumentationTest() throws IOException {
        text = Files.readString(Path.of("../docs/cli.md"));
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void everyExitCodeIsOneOfTheProgramAndTheOtherWayRound() {
        var kinds = Arrays.stream(Failure.Kind.values()).map(Failure.Kind::exitCode);
        var codes = IntStream.concat(IntStream.of(0), kinds.mapToInt(Integer::intValue)).mapToObj(Integer::toString).toList();

        assertThat(CODE.matcher(section("Exit codes")).results().map(found -> found.group(1))).containsExactlyElementsOf(codes);
        assertThat(CommandLines.whole(invocation()).getCommandSpec().usageMessage().exitCodeList().keySet())
                .containsExactlyElementsOf(codes);
    }

    private Invocation invocation() {
        return new Invocation(
                new Surroundings(cli.in, OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), cli.terminal,
                        Map.of(), null, null, cli.interrupts));
    }

    /** What is broken by hand is, for a terminal of 80 columns; what is one line is broken by the program. */
    @Test
    void noLineOfADescriptionIsBrokenAgain() {
        assertDescriptionsFit(CommandLines.whole(invocation()));
    }

    private static void assertDescriptionsFit(CommandLine command) {
        var lines = command.getCommandSpec().usageMessage().description();
        assertThat(lines).as(command.getCommandSpec().qualifiedName())
                .allMatch(line -> lines.length == 1 || line.length() < 80);
        command.getSubcommands().values().forEach(DocumentationTest::assertDescriptionsFit);
    }

    @Test
    void everyWordForAnErrorIsWritten() {
        var words = Arrays.stream(Failure.Kind.values()).map(kind -> "`" + kind.word() + "`").collect(Collectors.toSet());

        assertThat(section("Exit codes")).contains(words);
    }

    @Test
    void everyJsonFieldIsPrintedAndTheOtherWayRound() {
        cli.stdin("0\n").run("submit", "--each-line", "-", "--env", "A=B", "exit", "{}");
        var objects = objects();

        assertFields(objects, cli.run("jobs", "-o", "json").out(), "job");
        assertFields(objects, cli.run("show", "1", "-o", "json").out(), "job", "specification");
        assertFields(objects, cli.run("tasks", "1", "-o", "json").out(), "task");
        assertFields(objects, cli.run("show", "1.1", "-o", "json").out(), "task", "attempt");
        assertFields(objects, cli.run("results", "-o", "json").out(), "result");
        assertFields(objects, cli.run("agents", "-o", "json").out(), "agent");
        assertFields(objects, cli.run("status", "-o", "json").out(), "status");
        assertFields(objects, cli.run("show", "99", "-o", "json").err(), "error");
        assertFieldsOfAccess(objects);
        assertThat(objects.keySet()).containsExactly("job", "specification", "task", "attempt", "result", "agent", "status",
                "token", "secret", "user", "context", "login", "error");
    }

    private void assertFieldsOfAccess(Map<String, String> objects) {
        assertFields(objects, cli.run("token", "create", "agent", "--label", "a=b", "-o", "json").out(), "token", "secret");
        assertFields(objects, cli.run("token", "list", "-o", "json").out(), "token");
        try (var encrypted = FakeCoordinator.encrypted()) {
            cli.environment.put("HOME", home.toString());
            cli.environment.remove("GANGER_INSECURE");
            cli.environment.remove("GANGER_COORDINATOR");
            var token = encrypted.access.userToken("alice", Role.ADMIN, encrypted.address());
            assertFields(objects, cli.run("login", token, "-o", "json").out(), "context", "login");
            assertFields(objects, cli.run("context", "list", "-o", "json").out(), "context");
            assertFields(objects, cli.run("users", "-o", "json").out(), "user");
        }
    }

    private static void assertFields(Map<String, String> objects, String json, String... names) {
        var all = new TreeSet<String>();
        var printed = JsonPaths.printed(json);
        for (var name : names) {
            var notation = Objects.requireNonNull(objects.get(name), name);
            all.addAll(JsonPaths.written(notation));
            printed.retainAll(JsonPaths.withoutChosen(printed, notation));
        }
        assertThat(printed).as("the fields of %s, in the program and in docs/cli.md", names[0]).isEqualTo(all);
    }

    private Map<String, String> objects() {
        var objects = new LinkedHashMap<String, String>();
        OBJECT.matcher(section("JSON")).results().forEach(found -> objects.put(found.group(1), found.group(2)));
        return objects;
    }

    private String section(String title) {
        var section = text.split("\n## " + title + "\n", 2)[1];
        return section.split("\n## ", 2)[0];
    }
}
