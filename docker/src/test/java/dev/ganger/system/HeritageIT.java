package dev.ganger.system;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What users of Python's multiprocessing know, on one coordinator and two agents: a test a row of docs/heritage.md that no other test shows. */
final class HeritageIT {
    private static final int EMPTY = 8;
    private static final int TOO_LATE = 7;
    private static Site site = new Site();

    @BeforeAll
    static void twoMachines() {
        site.startCoordinator();
        site.startAgent("east", "--slots", "2");
        site.startAgent("west", "--slots", "2");
    }

    @AfterAll
    static void nothingIsLeft() {
        site.close();
    }

    @Test
    void gettingFromTheDoneQueueWaitsAsLongAsItIsTold() {
        assertThat(site.ganger("results", "--next", "--no-wait", "--consumer", "nobody", "--peek").exitCode()).isEqualTo(2);
        site.said("submit", "--wait", "true");
        site.said("results", "--ack", lastPosition(), "--consumer", "patient");
        assertThat(site.ganger("results", "--next", "--consumer", "patient", "--no-wait").exitCode()).isEqualTo(EMPTY);
        assertThat(site.ganger("results", "--next", "--consumer", "patient", "--timeout", "200ms").exitCode())
                .isEqualTo(TOO_LATE);
    }

    private static String lastPosition() {
        return Site.values("position", site.said("results", "-o", "json")).getLast();
    }

    @Test
    void theLengthOfEachQueueAndItsBoundAreThereAtOnce() {
        var status = site.said("status", "-o", "json");
        assertThat(Site.values("length", status)).hasSize(2).allMatch(number -> number.matches("[0-9]+"));
        assertThat(Site.values("limit", status)).containsExactly("10000000");
    }

    @Test
    void aTaskIsAProcessOfItsAgentWithAPidAnEndAndACode() {
        var job = site.said("submit", "--wait", "--", "sh", "-c", "echo $$ $PPID");
        var shown = site.said("show", job + ".1", "-o", "json");
        var result = site.said("results", job, "-o", "json");
        var pids = site.said("logs", job).split(" ");
        assertThat(Site.values("pid", result)).containsExactly(pids[0]);
        assertThat(Site.values("pid", site.said("agent", "show", Site.values("agent", result).getFirst(), "-o", "json")))
                .as("its parent").containsExactly(pids[1]);
        assertThat(Site.values("exitCode", shown)).contains("0");
        assertThat(Site.values("startedAt", result)).allMatch(time -> time.endsWith("Z"));
        assertThat(Site.values("finishedAt", result)).allMatch(time -> time.endsWith("Z"));
    }

    @Test
    void theEnvironmentIsWhatWasAskedForAndWhatATaskChangesIsItsOwn() {
        var job = site.said("submit", "--array", "1-8", "--env", "FOO=baz", "--wait", "--", "sh", "-c",
                "echo $FOO; FOO=changed{}; export FOO; cd /; umask 0");
        assertThat(site.said("logs", job).lines()).hasSize(8).allMatch("baz"::equals);
    }

    @Test
    void nothingIsSharedByAccident() {
        var job = site.said("submit", "--array", "1-8", "--wait", "--", "sh", "-c", "ls; echo {} > mine");
        assertThat(site.said("logs", job)).as("what others left in the folder").isEmpty();
    }

    @Test
    void eachAgentRunsAsManyTasksAtOnceAsItHasSlots() {
        var job = site.said("submit", "--array", "1-8", "--", "sh", "-c", "until [ -e %s ]; do sleep 0.05; done".formatted(
                site.file("all-at-once")));
        Site.awaitThat("each of four slots has one", () -> running(job) == 4);
        assertThat(Site.values("busy", site.said("agents", "-o", "json"))).containsExactly("2", "2");
        site.file("all-at-once", new byte[0]);
        assertThat(site.ganger("wait", job).exitCode()).isZero();
    }

    private static long running(String job) {
        return Long.parseLong(Site.values("running", site.said("show", job, "-o", "json")).getFirst());
    }

    @Test
    void resultsComeAsTheyCompleteOrInTheOrderOfTheirTasks() {
        var job = site.said("submit", "--array", "1-6", "--", "sh", "-c", "sleep 0.$((6 - {}))");
        var ordered = site.said("results", "--follow", "--ordered", job, "-o", "json");
        assertThat(Site.values("index", ordered)).containsExactly("1", "2", "3", "4", "5", "6");
        var asTheyCame = site.said("results", job, "-o", "json");
        assertThat(Site.values("index", asTheyCame)).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
        assertThat(LongStream.of(Site.values("position", asTheyCame).stream().mapToLong(Long::parseLong).toArray())).isSorted();
    }

    @Test
    void closedItTakesNoMoreAndFinishesWhatItHas() {
        var job = site.said("submit", "--array", "1-4", "sleep", "0.3");
        site.said("close");
        assertThat(site.ganger("submit", "true").exitCode()).isEqualTo(5);
        assertThat(site.ganger("wait", job).exitCode()).isZero();
        site.said("open");
    }

    @Test
    void terminatingLeavesNothingRunning() {
        var job = site.said("submit", "--array", "1-8", "--", "sh", "-c", "sleep 7777 & sleep 7777");
        Site.awaitThat("some run", () -> running(job) == 4);
        site.said("cancel", job);
        assertThat(site.ganger("wait", job).exitCode()).isOne();
        site.awaitNoProcess("7777");
    }

    @Test
    void plainStringsAndRecordsAreTasksOfOneJob() {
        var entries = site.file("entries.json", "[\"plain host\", {\"host\": \"db-1\", \"port\": 161}, 7]".getBytes());
        var job = site.said("submit", "--from-json", entries.toString(), "--wait", "--", "printf", "%s\\n", "{#}:{}");
        assertThat(site.said("logs", job).lines()).containsExactlyInAnyOrder("1:plain host",
                "2:{\"host\":\"db-1\",\"port\":161}", "3:7");
        var records = site.file("records.json", "{\"host\": \"a\", \"port\": 1}\n{\"host\": \"b c\", \"port\": 2}\n".getBytes());
        var fields = site.said("submit", "--from-json", records.toString(), "--wait", "--", "printf", "%s\\n", "{.host}={.port}");
        assertThat(site.said("logs", fields).lines()).containsExactlyInAnyOrder("a=1", "b c=2");
    }

    @Test
    void aTaskThatFailsTakesNothingDownAndItsFailureIsAResultWithTheCause() {
        var job = site.said("submit", "--array", "1-4", "--", "sh", "-c",
                "case {} in 1) exit 3;; 2) kill -9 $$;; 3) exec /no/such/program;; esac");
        assertThat(site.ganger("wait", job).exitCode()).isOne();
        var results = site.said("results", job, "--ordered", "-o", "json");
        assertThat(Site.values("state", results)).containsExactly("failed", "failed", "failed", "succeeded");
        assertThat(Site.values("exitCode", results)).containsExactly("3", "null", "127", "0");
        assertThat(Site.values("signal", results)).containsExactly("null", "9", "null", "null");
        var none = site.ganger("run", "/no/such/program");
        assertThat(none.exitCode()).isEqualTo(127);
        assertThat(Site.values("state", site.said("agents", "-o", "json"))).containsExactly("alive", "alive");
    }

    @Test
    void linesOfDifferentTasksAreNeverMixedAndCanBeToldApart() {
        var job = site.said("submit", "--array", "1-8", "--wait", "--", "sh", "-c",
                "for i in 1 2 3 4 5 6 7 8 9; do printf '{}-'; printf '%s\\n' {}; done");
        assertThat(site.said("logs", "--prefix", job).lines()).hasSize(72)
                .allMatch(line -> line.matches(".*" + job + "\\.([1-8])\\D.*\\1-\\1"));
    }

    @Test
    void progressDurationsAndThroughputAreThereWithoutAnyCode() {
        var job = site.said("submit", "--array", "1-4", "--wait", "sleep", "0.2");
        assertThat(site.said("show", job + ".1")).contains("succeeded").containsPattern("[0-9.]+ s");
        assertThat(site.said("status")).containsPattern("[0-9.]+ (results|tasks) a second|throughput|/s");
    }

    @Test
    void whoWaitsBeforeReadingWhatWasWrittenIsNotStuck() {
        var job = site.said("submit", "--array", "1-4", "--wait", "--", "sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x");
        assertThat(site.ganger("logs", job).outBytes()).as("far more than a pipe holds").hasSize(12_000_000);
        assertThat(List.of("east", "west")).as("the agents still live")
                .isEqualTo(Site.values("name", site.said("agents", "-o", "json")));
    }
}
