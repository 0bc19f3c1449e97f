package dev.ganger.cli.command;

import dev.ganger.cli.view.Terminal;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LogsTest {
    private static final Terminal SCREEN = new Terminal(true, true, () -> 80);

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
        assertThat(coordinator.output.wrongs).isEmpty();
    }

    private static StreamId stdout(long index, int attempt) {
        return new StreamId(new AttemptId(1, index, attempt), StreamName.STDOUT);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void threeTasks() {
        cli.run("submit", "--array", "1-3", "sleep");
        coordinator.output.out(1, 2, "second\n");
        coordinator.output.out(1, 1, "first\n");
        coordinator.output.err(1, 1, "oh\n");
        coordinator.output.out(1, 3, "third\n");
        coordinator.output.out(1, 1, "more\n");
    }

    @Test
    void printsWhatThereIsSoFarTaskByTask() {
        threeTasks();

        var outcome = cli.run("logs", "1");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("first\nmore\nsecond\nthird\n");
        assertThat(outcome.err()).isEqualTo("oh\n");
    }

    @Test
    void takesTargetsAndOneStream() {
        threeTasks();

        assertThat(cli.run("logs", "last.2").out()).isEqualTo("second\n");
        assertThat(cli.run("logs", "1.2-3").out()).isEqualTo("second\nthird\n");
        assertThat(cli.run("logs", "1.1,3", "--stdout").out()).isEqualTo("first\nmore\nthird\n");
        assertThat(cli.run("logs", "1", "--stdout").err()).isEmpty();
        assertThat(cli.run("logs", "1", "--stderr").out()).isEmpty();
        assertThat(cli.run("logs", "1", "--stderr").err()).isEqualTo("oh\n");
        assertThat(cli.run("logs", "1", "--stderr", "--stdout").err()).isEqualTo("oh\n");
    }

    @Test
    void takesSeveralJobsAndStates() {
        threeTasks();
        coordinator.finish(coordinator.job(1), 2, Endings.run(new Ending.Exited(1), dev.ganger.model.Bytes.EMPTY,
                dev.ganger.model.Bytes.EMPTY, 0));
        cli.run("submit", "--name", "other", "echo", "fourth");

        assertThat(cli.run("logs", "1", "--state", "failed").out()).isEqualTo("second\n");
        assertThat(cli.run("logs", "1", "--state", "queued", "--stdout").out()).isEqualTo("first\nmore\nthird\n");
        assertThat(cli.run("logs", "1.2", "2").out()).isEqualTo("second\nfourth");
        assertThat(cli.run("logs", "--name", "other").out()).isEqualTo("fourth");
        assertThat(cli.run("logs", "--state", "succeeded,failed").out()).isEqualTo("second\nfourth");
        assertThat(cli.run("logs", "1", "--state", "held").out()).isEmpty();
    }

    @Test
    void inJsonThereIsAnObjectForEachLine() {
        cli.run("submit", "--array", "1-2", "sleep");
        coordinator.output.out(1, 1, "one\n\nthr");
        coordinator.output.out(1, 1, "ee\nrest");
        coordinator.output.err(1, 1, "\u001b[31m\"red\"\n");
        coordinator.output.write(stdout(2, 1), (byte) 0xff, (byte) '\n');
        coordinator.output.writeAt(stdout(2, 1), 10, utf8("late\n"));

        assertThat(cli.run("logs", "1", "-o", "json").lines()).containsExactly(
                "{\"task\":\"1.1\",\"attempt\":1,\"stream\":\"stdout\",\"offset\":0,\"line\":\"one\",\"lineBase64\":null,\"complete\":true}",
                "{\"task\":\"1.1\",\"attempt\":1,\"stream\":\"stdout\",\"offset\":4,\"line\":\"\",\"lineBase64\":null,\"complete\":true}",
                "{\"task\":\"1.1\",\"attempt\":1,\"stream\":\"stdout\",\"offset\":5,\"line\":\"three\",\"lineBase64\":null,\"complete\":true}",
                "{\"task\":\"1.1\",\"attempt\":1,\"stream\":\"stderr\",\"offset\":0,\"line\":\"\\u001B[31m\\\"red\\\"\",\"lineBase64\":null,"
                        + "\"complete\":true}",
                "{\"task\":\"1.2\",\"attempt\":1,\"stream\":\"stdout\",\"offset\":0,\"line\":null,\"lineBase64\":\"/w==\",\"complete\":true}",
                "{\"task\":\"1.2\",\"attempt\":1,\"stream\":\"stdout\",\"offset\":10,\"line\":\"late\",\"lineBase64\":null,\"complete\":true}",
                "{\"task\":\"1.1\",\"attempt\":1,\"stream\":\"stdout\",\"offset\":11,\"line\":\"rest\",\"lineBase64\":null,\"complete\":false}");
    }

    @Test
    void aVeryLongLineIsCutIntoSeveralObjects() {
        cli.run("submit", "sleep");
        coordinator.output.out(1, 1, "x".repeat(150_000) + "\n");

        assertThat(cli.run("logs", "1", "-o", "json").lines()).satisfiesExactly(
                first -> assertThat(first).contains("\"offset\":0,").endsWith("\"complete\":false}"),
                second -> assertThat(second).contains("\"offset\":65536,").endsWith("\"complete\":false}"),
                third -> assertThat(third).contains("\"offset\":131072,").endsWith("\"complete\":true}"));
    }

    @Test
    void showsTheLastLinesOfEachStream() {
        cli.run("submit", "--array", "1-2", "sleep");
        coordinator.output.out(1, 1, "a\nb\nc\n");
        coordinator.output.out(1, 2, "d\ne");
        coordinator.output.err(1, 2, "f\n");

        assertThat(cli.run("logs", "1", "--tail", "1").out()).isEqualTo("c\ne");
        assertThat(cli.run("logs", "1", "--tail", "2").out()).isEqualTo("b\nc\nd\ne");
        assertThat(cli.run("logs", "1", "--tail", "0").out()).isEmpty();
        assertThat(cli.run("logs", "1", "--tail", "1").err()).isEqualTo("f\n");
    }

    @Test
    void showsOneAttempt() {
        cli.run("submit", "sleep");
        coordinator.output.write(stdout(1, 1), utf8("failed\n"));
        coordinator.output.write(stdout(1, 2), utf8("worked\n"));
        coordinator.finishAll(new Ending.Exited(0));

        assertThat(cli.run("logs", "1", "--attempt", "1").out()).isEqualTo("failed\n");
        assertThat(cli.run("logs", "1", "--attempt", "2").out()).isEqualTo("worked\n");
        assertThat(cli.run("logs", "1", "--attempt", "1").err()).isEmpty();
    }

    @Test
    void followsUntilTheTasksAreFinished() {
        threeTasks();
        var following = cli.start("logs", "1", "-f");
        coordinator.await(() -> coordinator.output.calls > 0);
        coordinator.output.out(1, 3, "late\n");
        coordinator.finishAll(new Ending.Exited(1));

        var outcome = following.join();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("second\nfirst\nthird\nmore\nlate\n");
        assertThat(outcome.err()).isEqualTo("oh\n");
    }

    @Test
    void prefixMarksEachLineAndEndsWhatWasNotEnded() {
        cli.run("submit", "--array", "1-3", "sleep");
        var longLine = "x".repeat(300_000);
        coordinator.output.out(1, 1, "one\n\nthree");
        coordinator.output.out(1, 2, longLine);
        coordinator.output.out(1, 2, longLine + "\nshort");
        coordinator.output.out(1, 3, "\n");
        coordinator.output.err(1, 3, "problem");
        coordinator.output.err(1, 3, " goes on\n");
        coordinator.output.out(1, 3, "end");

        var outcome = cli.run("logs", "1", "--prefix");
        assertThat(outcome.out()).isEqualTo("1.1: one\n1.1: \n1.1: three\n1.2: " + longLine + longLine
                + "\n1.2: short\n1.3: \n1.3: end");
        assertThat(outcome.err()).isEqualTo("1.3: problem goes on\n");
    }

    @Test
    void onOneScreenALineIsAlsoEndedForTheOtherStream() {
        cli.run("submit", "sleep");
        coordinator.output.out(1, 1, "prompt");
        coordinator.output.err(1, 1, "problem\n");
        cli.terminal = SCREEN;

        assertThat(cli.run("logs", "1", "--prefix").out()).isEqualTo("1.1: prompt\n");
        assertThat(cli.run("logs", "1").out()).isEqualTo("prompt");
    }

    @Test
    void bytesStayAsTheyAre() {
        cli.run("submit", "sleep");
        var all = new byte[256];
        for (var i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        coordinator.output.write(stdout(1, 1), all);

        assertThat(cli.run("logs", "1").bytes()).isEqualTo(all);
    }

    @Test
    void aTerminalIsNotHarmed() {
        cli.run("submit", "sleep");
        coordinator.output.write(stdout(1, 1), utf8("a\tb\r\n\u001b[31mred\u0007\u007f\u0000 ü€😀\ufffd \u009b \u202e\n"));
        coordinator.output.write(stdout(1, 1), (byte) 0xff, (byte) 0xc0, (byte) 0x80, (byte) 0xed, (byte) 0xa0, (byte) 0x80,
                (byte) 'x',
                (byte) 0xe2, (byte) 0x82);
        cli.terminal = SCREEN;

        assertThat(cli.run("logs", "1").out()).isEqualTo("a\tb\r\n^[[31mred^G^?^@ ü€😀\ufffd \\x9b \\u202e\n"
                + "M-^?M-@M-^@M-mM- M-^@xM-bM-^B");
    }

    @Test
    void charactersAreWholeWhereverTheirBytesAreCut() {
        var text = "aü€😀z\n";
        for (var cut = 1; cut < utf8(text).length; cut++) {
            cli.terminal = Terminal.NONE;
            cli.run("submit", "--array", "1-2", "sleep");
            var job = coordinator.jobs.lastKey();
            var bytes = utf8(text);
            var one = new StreamId(new AttemptId(job, 1, 1), StreamName.STDOUT);
            coordinator.output.write(one, java.util.Arrays.copyOf(bytes, cut));
            coordinator.output.write(new StreamId(one.attempt(), StreamName.STDERR), utf8("between"));
            coordinator.output.write(one, java.util.Arrays.copyOfRange(bytes, cut, bytes.length));
            cli.terminal = SCREEN;

            assertThat(cli.run("logs", Long.toString(job)).out()).isEqualTo(text);
        }
    }

    @Test
    void whatIsMissingIsSaidOnceForEachStream() {
        cli.run("submit", "sleep");
        coordinator.output.writeAt(stdout(1, 1), 0, utf8("ab"));
        coordinator.output.writeAt(stdout(1, 1), 10, utf8("cd"));
        coordinator.output.writeAt(stdout(1, 1), 13, utf8("e\n"));
        coordinator.output.writeAt(new StreamId(stdout(1, 1).attempt(), StreamName.STDERR), 1, utf8("!\n"));

        var unfinished = cli.run("logs", "1");
        assertThat(unfinished.out()).isEqualTo("abcde\n");
        assertThat(unfinished.err()).isEqualTo("!\n"
                + "ganger: task 1.1: 9 bytes of standard output are not kept, between offsets 2 and 13\n"
                + "ganger: task 1.1: 1 byte of standard error is not kept, between offsets 0 and 1\n");
        coordinator.finishAll(new Ending.Exited(0));
        assertThat(cli.run("logs", "1", "-f").err()).isEqualTo(unfinished.err());
        assertThat(cli.run("run", "much", "abc").err())
                .isEqualTo("ganger: task 2.1: 100 bytes of standard output are not kept, between offsets 1 and 101\n");
    }

    @Test
    void bytesOfWhichOnlyTheResultKnowsAreSaid() {
        cli.run("submit", "sleep");
        coordinator.output.writeAt(stdout(1, 1), 0, utf8("ab"));
        coordinator.output.ends.put(stdout(1, 1), 7L);
        coordinator.finishAll(new Ending.Exited(0));

        assertThat(cli.run("logs", "1").err())
                .isEqualTo("ganger: task 1.1: 5 bytes of standard output are not kept, between offsets 2 and 7\n");
        assertThat(cli.run("logs", "1", "--stderr").err()).isEmpty();
    }

    @Test
    void exitCodes() {
        assertThat(cli.run("logs", "9").code()).isEqualTo(3);
        assertThat(cli.run("logs", "9", "-f").code()).isEqualTo(3);
        cli.run("submit", "true");
        assertThat(cli.run("logs", "1.5").code()).isEqualTo(3);
        assertThat(cli.run("logs").code()).isEqualTo(2);
        assertThat(cli.run("logs", "-f", "--name", "*", "1", "all").code()).isZero();
        cli.run("submit", "true");
        assertThat(cli.run("logs", "-f", "all").err())
                .isEqualTo("ganger: -f follows one job, or some tasks of one, not 2 at a time;"
                        + " follow each from a terminal of its own\n");
        assertThat(cli.run("logs", "1", "-o", "quiet").code()).isEqualTo(2);
        assertThat(cli.run("logs", "1", "--attempt", "0").code()).isEqualTo(2);
        assertThat(cli.run("logs", "1", "--tail", "-1").code()).isEqualTo(2);
        assertThat(cli.run("logs", "1", "--coordinator", "localhost:1", "-f").code()).isEqualTo(4);
    }
}
