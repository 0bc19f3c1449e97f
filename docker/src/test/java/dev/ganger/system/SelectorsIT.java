package dev.ganger.system;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs, tasks and filters as verbs take them, and what is printed for programs. */
final class SelectorsIT {
    @Test
    void verbsMeanTheTasksThatAreNamed() {
        try (var site = Site.withAgent()) {
            var job = site.said("submit", "--name", "odd and even", "--array", "1-6", "--", "sh", "-c",
                    "echo task {}; exit $(({} % 2))");
            var other = site.said("submit", "--name", "other", "--wait", "true");

            assertThat(site.ganger("wait", job + ".2,4").exitCode()).isZero();
            assertThat(site.ganger("wait", job + ".1-3").exitCode()).isOne();
            assertThat(site.ganger("wait", job + ".9").exitCode()).isEqualTo(3);
            assertThat(site.ganger("wait", "--name", "odd*").exitCode()).isOne();
            assertThat(site.said("tasks", job, "--state", "failed", "-o", "quiet").lines())
                    .containsExactly(job + ".1", job + ".3", job + ".5");
            assertThat(site.said("results", job + ".1-3", "--state", "failed", "-o", "quiet").lines())
                    .containsExactlyInAnyOrder(job + ".1", job + ".3");
            assertThat(site.said("jobs", "--name", "?ther", "-o", "quiet")).isEqualTo(other);
            assertThat(site.said("jobs", "--state", "failed,running", "-o", "quiet")).isEqualTo(job);
            assertThat(site.said("logs", job, "--state", "succeeded").lines()).containsExactly("task 2", "task 4", "task 6");
            assertThat(site.ganger("forget", job + ".1").exitCode()).isEqualTo(2);
            assertThat(site.ganger("forget", "--name", "nothing*").exitCode()).isEqualTo(3);
            assertThat(site.said("forget", "--name", "odd*")).isEqualTo("job " + job + ": forgotten, with 6 results");
        }
    }

    @Test
    void programsReadCsvAndLines() {
        try (var site = Site.withAgent()) {
            var job = site.said("submit", "--wait", "--", "sh", "-c", "echo one; printf two");
            var csv = site.said("results", job, "--format", "csv").lines().toList();
            assertThat(csv).hasSize(2);
            assertThat(csv.getFirst()).startsWith("position,task,job,index,round,attempt,state");
            assertThat(csv.getLast()).startsWith("1," + job + ".1," + job + ",1,1,1,succeeded,0,,exit,");
            assertThat(Site.values("line", site.said("logs", job, "-o", "json"))).containsExactly("one", "two");
            assertThat(Site.values("complete", site.said("logs", job, "-o", "json"))).containsExactly("true", "false");
        }
    }

    @Test
    void theLauncherKnowsWhichProgramToAskAboutAgents() {
        try (var site = Site.withAgent()) {
            assertThat(site.said("agent")).contains("ganger agent run", "ganger agent drain NAME");
            assertThat(site.said("agent", "--help")).contains("ganger agent run", "--coordinator HOST:PORT");
            assertThat(site.said("agent", "drain", "--help")).startsWith("Usage: ganger agent drain");
            assertThat(site.said("agent", "run", "--help")).contains("--slots");
            assertThat(Site.values("name", site.said("agent", "show", "one", "-o", "json"))).containsExactly("one");
            assertThat(site.ganger("agent", "show", "two").exitCode()).isEqualTo(3);
        }
    }
}
