package dev.ganger.system;

import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ganger run} is as if the command ran here: its exit code, its output, its arguments; and it is alone where it runs. */
final class RunIT {
    private static final int EVERY_BYTE = 256;
    private static final int TIMES = 200;

    @Test
    void runExitsAsItsTaskDid() {
        try (var site = Site.withAgent()) {
            assertThat(site.ganger("run", "true").exitCode()).isZero();
            assertThat(site.ganger("run", "--", "sh", "-c", "exit 7").exitCode()).isEqualTo(7);
            assertThat(site.ganger("run", "--", "sh", "-c", "kill -9 $$").exitCode()).isEqualTo(137);
            assertThat(site.ganger("run", "--", "sh", "-c", "exit 137").err()).as("an exit code is no signal").isEmpty();
            assertThat(site.ganger("run", "--array", "1-3", "--", "sh", "-c", "exit {}").exitCode()).as("of several").isOne();
        }
    }

    @Test
    void runSaysWhyATaskCannotStart() {
        try (var site = Site.withAgent()) {
            var missing = site.ganger("run", "no-such-program");
            assertThat(missing.exitCode()).isEqualTo(127);
            assertThat(missing.err()).contains("agent one", "no program 'no-such-program'");
            assertThat(site.ganger("run", "echo hello").err())
                    .contains("no program 'echo hello'; for a command line use --shell");
            var notExecutable = site.ganger("run", site.file("plain", new byte[0]).toString());
            assertThat(notExecutable.exitCode()).isEqualTo(126);
            assertThat(notExecutable.err()).contains("may not be executed");
            var nowhere = site.ganger("run", "--cwd", "/no/such/folder", "true");
            assertThat(nowhere.exitCode()).isEqualTo(125);
            assertThat(nowhere.err()).contains("/no/such/folder");
        }
    }

    @Test
    void aTaskThatRunsTooLongEndsWithItsProcesses() {
        try (var site = Site.withAgent()) {
            var run = site.ganger("run", "--timeout", "1s", "--", "sh", "-c", "sleep 600 & sleep 600");
            assertThat(run.exitCode()).isEqualTo(124);
            assertThat(run.err()).contains("timeout");
            site.awaitNoProcess("sleep");
        }
    }

    @Test
    void anInterruptCancelsTheTask() {
        try (var site = Site.withAgent()) {
            var mark = site.file("started");
            var run = site.begin("run", "--", "sh", "-c", "touch " + mark + "; exec sleep 600");
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            run.interrupt();
            assertThat(run.exitCode()).isEqualTo(130);
            site.awaitNoProcess("sleep");
        }
    }

    @Test
    void outputArrivesToTheByteOnItsOwnDescriptor() {
        try (var site = Site.withAgent()) {
            var bytes = new byte[EVERY_BYTE * TIMES];
            for (var at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) at;
            }
            var file = site.file("every-byte", bytes);
            var run = site.ganger("run", "--", "sh", "-c", "cat '%s'; printf 'only \\377 here' >&2".formatted(file));
            assertThat(run.outBytes()).isEqualTo(bytes);
            assertThat(run.errBytes()).isEqualTo(new byte[]{'o', 'n', 'l', 'y', ' ', (byte) 0xff, ' ', 'h', 'e', 'r', 'e'});
        }
    }

    @Test
    void argumentsArriveToTheByteInEveryLocale() {
        try (var site = Site.withAgent()) {
            for (var locale : new String[]{"C", "C.UTF-8"}) {
                var run = site.shell("exec $ganger run --env \"E=$(printf 'e\\376')\" -- sh -c 'printf %s-%s \"$1\" \"$E\"' sh "
                        + "\"$(printf 'a\\377\\303\\244')\"", Map.of("LC_ALL", locale));
                assertThat(run.err()).isEmpty();
                assertThat(run.outBytes()).as(locale)
                        .isEqualTo(new byte[]{'a', (byte) 0xff, (byte) 0xc3, (byte) 0xa4, '-', 'e', (byte) 0xfe});
            }
        }
    }

    @Test
    void whatATaskChangesIsSeenByNoOther() {
        try (var site = Site.withAgent("--lease", "30s")) {
            var first = "ls -A; echo $FOO; FOO=changed; export FOO; cd . && touch left-behind && pwd";
            var second = "ls -A; echo $FOO; env | cut -d= -f1 | sort | tr '\\n' ' '";
            assertThat(site.said("run", "--env", "FOO=baz", "--", "sh", "-c", first)).startsWith("baz\n" + site.folder());
            assertThat(site.said("run", "--", "sh", "-c", second).strip())
                    .isEqualTo("GANGER_AGENT GANGER_ATTEMPT GANGER_ENTRY GANGER_INDEX GANGER_JOB GANGER_TASK HOME LANG PATH PWD");
        }
    }
}
