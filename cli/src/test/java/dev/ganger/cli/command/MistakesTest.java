package dev.ganger.cli.command;

import dev.ganger.model.Bytes;
import dev.ganger.wire.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of mistakes: a command line, its exit code, and the one sentence that says what was wrong and what to do. */
final class MistakesTest {
    private static final String HELP = "; see 'ganger submit --help'";
    private static final String TO_THE_ADDRESS = "; see --coordinator and GANGER_COORDINATOR";

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private Cli cli = Cli.at(coordinator);
    private final Path folder;

    MistakesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    private void mistake(String command, int code, String sentence) {
        mistake(Arrays.stream(command.split(" ")).map(Bytes::utf8).toList(), code, sentence);
    }

    private void mistake(List<Bytes> words, int code, String sentence) {
        var outcome = cli.run(words);
        assertThat(outcome.err()).isEqualTo("ganger: " + sentence + "\n");
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
        assertThat(coordinator.jobs).isEmpty();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void theCommand() {
        mistake("submit", 2, "'submit' needs COMMAND" + HELP);
        mistake("run", 2, "'run' needs COMMAND; see 'ganger run --help'");
        mistake(List.of(Bytes.utf8("submit"), Bytes.EMPTY), 2, "a job needs a command");
        mistake("submit --no-such-option true", 2, "unknown option '--no-such-option'" + HELP);
        mistake(List.of(Bytes.utf8("submit"), Bytes.of((byte) 'a', (byte) 0, (byte) 'b')), 2,
                "an argument cannot contain a NUL byte: a\\x00b");
        mistake(List.of(Bytes.utf8("submit"), Bytes.utf8("echo"), Bytes.utf8("x".repeat(10_000_000))), 2,
                "an argument must be smaller than 131072 bytes, this one has 10000000; give what is larger by --stdin, or in a file");
        mistake(List.of(Bytes.utf8("submit"), Bytes.utf8("--shell"), Bytes.utf8("x".repeat(131_072))), 2,
                "an argument must be smaller than 131072 bytes, this one has 131072; give what is larger by --stdin, or in a file");
        var words = new java.util.ArrayList<>(List.of(Bytes.utf8("submit"), Bytes.utf8("echo")));
        words.addAll(java.util.Collections.nCopies(11, Bytes.utf8("x".repeat(100_000))));
        mistake(words, 2, "arguments and environment together must be smaller than 1048576 bytes, these have 1100004;"
                + " give what is larger by --stdin, or in a file");
    }

    @Test
    void numbersAndAmounts() {
        mistake("submit --priority 9999999999 true", 2,
                "invalid value for option '--priority': expected a whole number that is not too large, not '9999999999'" + HELP);
        mistake("submit --priority high true", 2,
                "invalid value for option '--priority': expected a whole number that is not too large, not 'high'" + HELP);
        mistake("submit --retries -1 true", 2, "retries are from 0 to 1000000, not -1");
        mistake("submit --max-running 0 true", 2, "--max-running is 1 or more, not 0");
        mistake("submit --max-failures -1 true", 2, "the most failures are 0 or more, not -1");
        mistake("submit --crash-limit -1 true", 2, "a crash limit is 0 or more, not -1");
        mistake("submit --timeout 10 true", 2,
                "invalid value for option '--timeout': expected a length of time, for example 500ms, 10s or 1h30m, not '10'"
                        + HELP);
        mistake("submit --timeout 0 true", 2, "a timeout must be longer than 0, not 0 ms");
        mistake("submit --output-limit 1X true", 2,
                "invalid value for option '--output-limit': expected a size, for example 512K, 64M or 4G, not '1X'"
                        + HELP);
        mistake("submit --output-limit 999999999999T true", 2,
                "invalid value for option '--output-limit': a size of 999999999999T is too large" + HELP);
        mistake("submit --backoff 2m..1s --retries 1 true", 2,
                "invalid value for option '--backoff': a back-off goes from more"
                        + " than 0 to as much or more, not from 120000 ms to 1000 ms; write MIN..MAX, for example 1s..5m, or one length of time"
                        + HELP);
        mistake("submit --retry-on 75,x --retries 1 true", 2,
                "invalid value for option '--retry-on': expected exit codes from 1 to"
                        + " 255, for example 75,100-110, not '75,x'" + HELP);
        mistake("submit --retry-on 0 --retries 1 true", 2,
                "invalid value for option '--retry-on': exit codes of a failure are from 1 to 255, not 0-0" + HELP);
    }

    @Test
    void indices() {
        mistake("submit --array 5-1 true", 2,
                "invalid value for option '--array': a range of indices goes from 0"
                        + " or more up to at most 1000000000000 by steps of 1 or more, not '5-1'" + HELP);
        mistake("submit --array 1-x true", 2,
                "invalid value for option '--array': expected indices, for example"
                        + " 1-1000, 0-9:3 or 1-100,200, not '1-x'" + HELP);
        mistake("submit --array 1-9%0 true", 2,
                "invalid value for option '--array': expected how many run at once"
                        + " after the '%', for example 1-1000%8, not '1-9%0'" + HELP);
        mistake("submit --array 1-2000000000 true", 2,
                "invalid value for option '--array': a job has at most"
                        + " 1000000000 tasks, these ranges have more" + HELP);
        mistake("submit --array 1-5,3 true", 2,
                "invalid value for option '--array': indices must be in order and"
                        + " not overlap: 3 after 5" + HELP);
    }

    @Test
    void namesTagsAndVariables() throws IOException {
        mistake("submit -5 true", 2, "unknown option '-5'; if it is no option, put '--' before it");
        mistake("submit --tag x true", 2, "invalid value for option '--tag' (K=V): expected NAME=VALUE, not 'x'" + HELP);
        mistake("submit --tag a=1 --tag a=2 true", 2, "a job has each tag once, and this one has 'a' twice");
        mistake("submit --name " + "n".repeat(201) + " true", 2, "a job's name has at most 200 characters, this one has 201");
        mistake("submit --key " + "k".repeat(201) + " true", 2, "a key has 1 to 200 characters, this one has 201");
        mistake("submit --env A true", 2, "--env takes NAME=VALUE, not 'A'");
        mistake("submit --env =1 true", 2, "--env takes NAME=VALUE, not '=1'");
        var wrong = file("wrong.env", "# a remark\nA=1\nB 2\n");
        mistake("submit --env-file " + wrong + " true", 2, "line 3 of '" + wrong + "' must be NAME=VALUE, not 'B 2'");
        mistake("submit --cwd here true", 2, "--cwd is a folder on the agent and begins with '/', not 'here'");
    }

    @Test
    void files() throws IOException {
        for (var option : List.of("--each-line", "--from-json", "--stdin", "--env-file")) {
            mistake("submit " + option + " /nowhere/x true", 2, "cannot read '/nowhere/x': no such file");
            mistake("submit " + option + " " + folder + " true", 2, "cannot read '" + folder + "': it is a folder");
        }
        var large = file("large", "x".repeat((1 << 20) + 1));
        mistake("submit --stdin " + large + " cat", 2,
                "'" + large + "' is too long for --stdin: a task reads at most 1048576 bytes;"
                        + " give larger inputs by name, as an argument");
        var empty = file("empty", "");
        mistake("submit --each-line " + empty + " cat", 2,
                "no entries: '" + empty + "' has no lines, and each line would be a task");
        mistake("submit --each-line " + empty + " -0 cat", 2,
                "no entries: '" + empty + "' is empty, and each string that ends with NUL would be a task");
        var nul = file("nul", "a\nb\0c\n");
        mistake("submit --each-line " + nul + " cat", 2, "line 2 of '" + nul
                + "' contains a NUL byte, which no argument can hold; nothing was submitted; with -0, entries end with NUL");
        var longLine = file("long", "a\n" + "x".repeat(10_000_000) + "\n");
        mistake("submit --each-line " + longLine + " cat", 2, "line 2 of '" + longLine
                + "' is too long: an entry must be smaller than 131072 bytes; nothing was submitted");
    }

    @Test
    void json() throws IOException {
        var json = file("hosts.json", "[{\"host\":\"h1\"},\n \"h2\",\n  {\"name\":\"h3\"}]");
        mistake("submit --from-json " + json + " ping {.host}", 2, "entry 2 of '" + json
                + "' (line 2, column 2) is no JSON object, so it has no field 'host'; nothing was submitted");
        var missing = file("missing.json", "{\"host\":\"h1\"}\n{\"host\":\"h2\"}\n{\"name\":\"h3\"}\n");
        mistake("submit --from-json " + missing + " ping {.host}", 2,
                "entry 3 of '" + missing + "' (line 3, column 1) has no field 'host'; nothing was submitted");
        var broken = file("broken.json", "[{\"host\":\"h1\"},\n {\"host\" \"h2\"}]");
        mistake("submit --from-json " + broken + " ping", 2,
                "'" + broken + "' is not JSON at line 2, column 10: unexpected character ('\"'"
                        + " (code 34)): was expecting a colon to separate property name and value; nothing was submitted");
        var twice = file("twice.json", "{\"a\":1,\"a\":2}");
        mistake("submit --from-json " + twice + " ping", 2, "'" + twice
                + "' is not JSON at line 1, column 11: duplicate Object property \"a\"; nothing was submitted");
        var after = file("after.json", "[1]\n2");
        mistake("submit --from-json " + after + " ping", 2,
                "'" + after + "' goes on after its array (line 2, column 1): entries are the"
                        + " elements of one array, or values one after the other; nothing was submitted");
        var none = file("none.json", "[]");
        mistake("submit --from-json " + none + " ping", 2,
                "no entries: '" + none + "' holds no JSON values, and each of them would be a task");
    }

    @Test
    void contradictions() {
        mistake("submit --array 1-2 --each-line - true", 2,
                "--array and --each-line both say which tasks there are; give one of them");
        mistake("submit --from-json - --each-agent true", 2,
                "--from-json and --each-agent both say which tasks there are; give one of them");
        mistake("submit --each-line - --stdin - true", 2,
                "--each-line - and --stdin - both read the standard input; give one of them");
        mistake("submit --from-json - --env-file - true", 2,
                "--from-json - and --env-file - both read the standard input; give one of them");
        mistake("submit --each-agent --on x true", 2, "--each-agent and --on both say where tasks run; give one of them");
        mistake("submit --array 1-9%2 --max-running 3 true", 2,
                "--array with '%' and --max-running both say how many tasks run at once; give one of them");
        mistake("submit --no-wait --submit-timeout 1s true", 2,
                "--no-wait and --submit-timeout say different things; give one of them");
        mistake("submit --dry-run --wait true", 2, "--dry-run and --wait say different things; give one of them");
        mistake("submit -0 true", 2, "-0 needs --each-line, which says what ends with NUL; give it too, or leave -0 out");
        mistake("run --retry-on 75 true", 2,
                "--retry-on needs --retries, which says how often; give it too, or leave --retry-on out");
        mistake("run --backoff 1s true", 2,
                "--backoff needs --retries, which says how often; give it too, or leave --backoff out");
    }

    @Test
    void jobsAndTasks() {
        mistake("show 5", 3, "no such job: 5");
        mistake("wait 5", 3, "no such job: 5");
        mistake("wait 5.1", 3, "no such job: 5");
        mistake("show x", 2,
                "expected a job or tasks of it, for example 42, last, all, 42.7 or 42.1-50, not 'x'; see 'ganger show --help'");
    }

    @Test
    void aQueueThatTakesNothing() {
        coordinator.limit = 1;
        mistake("submit --no-wait --array 1-2 true", 6, "the queue is full");
        mistake("submit --submit-timeout 10ms --array 1-2 true", 6, "the queue is full");
        coordinator.open = false;
        mistake("submit true", 5, "the coordinator is closed; 'ganger open' opens it");
    }

    @Test
    void noCoordinator() throws IOException {
        mistake("status --coordinator localhost:1", 4,
                "cannot reach the coordinator at localhost:1: connection refused; start one with 'ganger coordinator run'");
        mistake("submit --coordinator localhost:1 true", 4,
                "cannot reach the coordinator at localhost:1: connection refused; start one with 'ganger coordinator run'");
        mistake("run --coordinator localhost:1 true", 125,
                "cannot reach the coordinator at localhost:1: connection refused; start one with 'ganger coordinator run'");
        mistake("jobs --coordinator localhost:99999", 2,
                "invalid value for option '--coordinator': a port is a number from 0 to"
                        + " 65535, not '99999' in 'localhost:99999'; see 'ganger jobs --help'");
        cli = Cli.known(coordinator, folder, "alice");
        mistake("jobs --context alice --coordinator no-such-host.invalid", 4,
                "cannot reach the coordinator at no-such-host.invalid:7411: no such host 'no-such-host.invalid'"
                        + TO_THE_ADDRESS);
    }

    @Test
    void somethingElseAtThePort() throws IOException {
        try (var web = new StrangePort(
                "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                var tls = new StrangePort(new byte[]{0x15, 3, 1, 0, 2, 2, 0x46});
                var closing = new StrangePort(new byte[0])) {
            for (var verb : List.of("status", "submit", "wait")) {
                var rest = verb.equals("submit") ? " true" : verb.equals("wait") ? " 1" : "";
                mistake(verb + " --coordinator " + web.address() + rest, 4,
                        "what answers at " + web.address() + " is no coordinator: it is a web server" + TO_THE_ADDRESS);
                mistake(verb + " --coordinator " + tls.address() + rest, 4,
                        "what answers at " + tls.address() + " wants TLS; leave out --insecure");
                mistake(verb + " --coordinator " + closing.address() + rest, 4, "what answers at " + closing.address()
                        + " is no coordinator: it ended the connection, or says something else; if it wants TLS, leave out --insecure");
            }
        }
    }

    @Test
    void silenceAtThePort() throws IOException {
        try (var silent = new StrangePort(null)) {
            mistake("submit --coordinator " + silent.address() + " true", 4, "no answer from " + silent.address()
                    + " for 10 s: a coordinator would have greeted at once; see whether the address is right");
        }
    }

    @Test
    void anOlderOrNewerCoordinator() {
        var own = " and this program is " + Build.VERSION + ": update ";
        coordinator.version = "0.3.7";
        mistake("submit true", 1, "the coordinator at " + coordinator.address()
                + " would not understand all of this job: it is Ganger 0.3.7" + own + "this program");
        mistake("run true", 125, "the coordinator at " + coordinator.address()
                + " would not understand all of this job: it is Ganger 0.3.7" + own + "this program");
        coordinator.old = true;
        coordinator.version = "0.0.9";
        mistake("close", 1,
                "the coordinator at " + coordinator.address() + " does not know this request; it is Ganger 0.0.9" + own
                        + "the coordinator");
        assertThat(cli.run("submit", "true").code()).as("one minor version apart").isZero();
        coordinator.strange = true;
        coordinator.version = "0.2.0";
        assertThat(cli.run("show", "1").err()).startsWith("ganger: the coordinator at " + coordinator.address()
                + " gave an answer that makes no sense here (").endsWith("; it is Ganger 0.2.0" + own + "this program\n");
    }

    @Test
    void forPrograms() {
        var outcome = cli.run("submit", "-o", "json", "--retries", "-1", "true");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo("{\"error\":{\"code\":\"usage\",\"message\":\"retries are from 0 to 1000000, not -1\"}}\n");
        assertThat(cli.run("submit", "-o", "json", "--timeout", "x", "true").err())
                .startsWith("{\"error\":{\"code\":\"usage\",\"message\":\"")
                .hasLineCount(1);
        assertThat(cli.run("show", "5", "-o", "json").err())
                .isEqualTo("{\"error\":{\"code\":\"not-found\",\"message\":\"no such job: 5\"}}\n");
        assertThat(cli.run("jobs", "-o", "json", "--coordinator", "localhost:1").err())
                .startsWith("{\"error\":{\"code\":\"unreachable\",")
                .hasLineCount(1);
    }
}
