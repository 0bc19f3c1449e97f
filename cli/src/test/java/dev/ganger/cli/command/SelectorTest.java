package dev.ganger.cli.command;

import dev.ganger.model.Ending;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which jobs and tasks a verb is about: the same words for all verbs. */
final class SelectorTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    /** 1 failed in part, 2 succeeded, 3 is queued. */
    private void threeJobs() {
        cli.run("submit", "--name", "first one", "--array", "0-4", "exit", "{}");
        cli.run("submit", "--name", "second", "true");
        cli.run("submit", "--name", "third", "--array", "1-3", "sleep");
    }

    private List<String> ids(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-o", "quiet"));
        var outcome = cli.run(all.toArray(String[]::new));
        assertThat(outcome.code()).as(all + ": " + outcome.err()).isZero();
        return outcome.lines();
    }

    private void assertNothing(String sentence, String... words) {
        var outcome = cli.run(words);
        assertThat(outcome.code()).as(List.of(words) + ": " + outcome.err()).isEqualTo(3);
        assertThat(outcome.err()).startsWith("ganger: " + sentence).hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void jobsByStateAndName() {
        threeJobs();
        assertThat(ids("jobs", "--state", "failed")).containsExactly("1");
        assertThat(ids("jobs", "--state", "succeeded,queued")).containsExactly("2", "3");
        assertThat(ids("jobs", "--state", "succeeded", "--state", "queued")).containsExactly("2", "3");
        assertThat(ids("jobs", "--name", "second")).containsExactly("2");
        assertThat(ids("jobs", "--name", "secon")).isEmpty();
        assertThat(ids("jobs", "--name", "*ir*")).containsExactly("1", "3");
        assertThat(ids("jobs", "--name", "?hird")).containsExactly("3");
        assertThat(ids("jobs", "--name", "first.one")).as("a dot is a dot").isEmpty();
        assertThat(ids("jobs", "--name", "*", "--state", "queued")).containsExactly("3");
        assertThat(ids("jobs", "last", "1")).containsExactly("1", "3");
        assertThat(ids("jobs", "last", "1", "--name", "third")).containsExactly("3");
    }

    @Test
    void jobsByTags() {
        coordinator.submitTagged("a=1", "b=2");
        coordinator.submitTagged("a=1");
        coordinator.submitTagged("a=2");
        assertThat(ids("jobs", "--tag", "a=1")).containsExactly("1", "2");
        assertThat(ids("jobs", "--tag", "a=1", "--tag", "b=2")).containsExactly("1");
        assertThat(ids("jobs", "--tag", "a=3")).isEmpty();
        assertThat(ids("cancel", "--tag", "a=1", "--tag", "b=2")).containsExactly("1");
        assertThat(cli.run("jobs", "--tag", "a").err())
                .isEqualTo(
                        "ganger: invalid value for option '--tag' (K=V): expected NAME=VALUE, not 'a'; see 'ganger jobs --help'\n");
        assertThat(cli.run("jobs", "-o", "json", "2").out()).contains("\"tags\":{\"a\":\"1\"}");
        assertThat(cli.run("show", "1").lines()).contains("tag           a=1", "tag           b=2");
    }

    @Test
    void tasksByStateAndIndex() {
        threeJobs();
        assertThat(ids("tasks", "1", "--state", "failed")).containsExactly("1.1", "1.2", "1.3", "1.4");
        assertThat(ids("tasks", "--state", "queued")).containsExactly("3.1", "3.2", "3.3");
        assertThat(ids("tasks", "--name", "third")).containsExactly("3.1", "3.2", "3.3");
        assertThat(ids("tasks", "1.0,3", "last.2-9")).containsExactly("1.0", "1.3", "3.2", "3.3");
        assertThat(ids("tasks", "1.0-9:2", "--state", "succeeded,failed")).containsExactly("1.0", "1.2", "1.4");
        assertThat(ids("tasks", "1", "--state", "held")).isEmpty();
        assertThat(ids("tasks", "--name", "nobody")).isEmpty();
    }

    @Test
    void aWrongStateNamesTheStatesThereAre() {
        var job = cli.run("jobs", "--state", "done");
        assertThat(job.code()).isEqualTo(2);
        assertThat(job.err()).contains("expected queued, running, succeeded, failed or cancelled, not 'done'").hasLineCount(1);
        assertThat(cli.run("tasks", "1", "--state", "failed,lost").err()).contains(
                "expected waiting, held, queued, leased, running, unknown, succeeded, failed or cancelled, not 'lost'")
                .hasLineCount(1);
        assertThat(cli.run("wait", "1", "--state", "").code()).isEqualTo(2);
    }

    @Test
    void everyVerbThatTakesAJobTakesTheSameWords() {
        threeJobs();
        for (var verb : List.of("tasks", "show", "why", "logs", "results", "hold", "release", "cancel", "retry", "wait")) {
            for (var word : List.of("1", "2", "1.2", "1.0-2", "1.1,3")) {
                var outcome = cli.run(verb, word);
                assertThat(outcome.code()).as(verb + " " + word + ": " + outcome.err()).isLessThanOrEqualTo(1);
                if (verb.equals("retry")) {
                    coordinator.finishJob(1, new Ending.Exited(1));
                }
            }
            assertThat(cli.run(verb, "--name", "first*", "--tag", "no=such", "1").code()).as(verb)
                    .isEqualTo(List.of("tasks", "logs", "results").contains(verb) ? 0 : 3);
            assertThat(cli.run(verb, "77").code()).as(verb).isEqualTo(3);
            assertThat(cli.run(verb, "4 2").err()).as(verb).startsWith("ganger: expected a job or tasks of it, for example 42")
                    .endsWith("not '4 2'; see 'ganger " + verb + " --help'\n");
        }
        assertThat(ids("forget", "--name", "first*", "1")).containsExactly("1");
        assertThat(ids("jobs", "all")).containsExactly("2", "3");
        assertThat(ids("show", "all")).containsExactly("2", "3");
        assertThat(ids("cancel", "all")).containsExactly("3");
    }

    @Test
    void whereNothingMatchesIsThreeForVerbsThatDoSomething() {
        threeJobs();
        for (var verb : List.of("cancel", "hold", "release", "retry", "wait", "forget", "show", "why")) {
            assertNothing("no job matches --name 'x*'; 'ganger jobs' lists those there are", verb, "--name", "x*");
        }
        assertNothing("no job matches --state failed --name 'second' --tag a=b among those named", "wait", "2", "--state",
                "failed",
                "--name", "second", "--tag", "a=b");
        assertNothing("no such job: 9", "cancel", "9");
        assertNothing("no such job: 9", "wait", "9", "--name", "x");
        assertNothing("job 1 has no task 17; its tasks are 0-4", "cancel", "1.17");
        assertNothing("job 1 has no task 17", "wait", "1.17");
        assertThat(ids("cancel", "all")).containsExactly("3");
        assertThat(ids("cancel", "all")).as("all of nothing is nothing").isEmpty();
    }

    @Test
    void whatTakesWholeJobsSaysSo() {
        assertThat(cli.run("forget", "42.7").err())
                .isEqualTo("ganger: 'forget' takes whole jobs, for example 42, not tasks of them such as 42.7\n");
        assertThat(cli.run("jobs", "last.7").err())
                .isEqualTo("ganger: 'jobs' takes whole jobs, for example last, not tasks of them such as last.7\n");
        assertThat(cli.run("forget", "42.7").code()).isEqualTo(2);
    }

    @Test
    void oneThatIsNamedTwiceIsMeantOnce() {
        threeJobs();
        assertThat(ids("cancel", "3", "last", "3")).containsExactly("3");
        assertThat(ids("forget", "1", "1")).containsExactly("1");
    }

    @Test
    void lastAndAllOfNothing() {
        assertNothing("there is no last job: nothing was submitted yet, or nothing is kept", "show", "last");
        assertThat(cli.run("tasks", "all").code()).isZero();
        assertThat(cli.run("wait", "all").code()).isZero();
        assertThat(cli.run("jobs").out()).startsWith("JOB  STATE").hasLineCount(1);
    }
}
