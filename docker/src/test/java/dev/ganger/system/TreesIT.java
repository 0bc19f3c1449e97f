package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Whatever a task starts, its slot is free when nothing of it is left, or when what is left is named in its result. */
final class TreesIT {
    /** Each of its processes writes down its pid: children, daemons, what ignores TERM, what keeps on forking, and what hides. */
    private static final String TREE = """
            lib='mark() { read pid rest < /proc/self/stat; echo $pid >> %1$s/pids; }
            idle() { mark; read x < %1$s/never; }
            many() { m=0; while [ $m -lt 200 ]; do idle & m=$((m+1)); done; wait; }
            hop() { mark; if [ $1 -lt 20000 ]; then hop $(($1+1)) & fi; }'
            eval "$lib"
            idle & (idle &) ; many & (trap '' TERM HUP; idle) &
            (setsid sh -c "$lib; (trap '' TERM HUP; idle &)" &)
            setsid sh -c "$lib; trap '' TERM; hop 0" &
            env -i sh -c "$lib; (setsid sh -c '$lib; (idle &)' &)" &
            touch %1$s/begun
            until [ -e %1$s/go ]; do sleep 0.05; done
            """;

    @Test
    void nothingOfATreeIsLeftWhenTheNextTaskBegins() throws Exception {
        Map<String, List<String>> endings = Map.of("cancelled", List.of(), "timeout", List.of("--timeout", "5s"), "exit",
                List.of());
        try (var site = new Site()) {
            site.startCoordinator();
            site.startAgent("one", "--slots", "1");
            for (var ending : endings.entrySet()) {
                var folder = begin(site, ending.getKey(), ending.getValue());
                var job = site.said("jobs", "-o", "quiet").lines().reduce((_, last) -> last).orElseThrow();
                var looks = site.said("submit", "--", "sh", "-c",
                        "for p in $(sort -u %s/pids); do kill -0 $p 2>/dev/null && cat /proc/$p/comm; done; exit 0"
                                .formatted(folder));
                switch (ending.getKey()) {
                    case "cancelled" -> site.said("cancel", job);
                    case "exit" -> Files.createFile(folder.resolve("go"));
                    default -> {
                    }
                }
                assertThat(site.ganger("wait", looks).exitCode()).isZero();
                assertThat(site.said("logs", looks)).as("alive when the next task began after: %s", ending.getKey()).isEmpty();
                var result = site.said("results", job, "-o", "json");
                assertThat(Site.values("reason", result)).containsExactly(ending.getKey());
                assertThat(Site.values("count", result)).as("not ended").containsExactly("0");
            }
            begin(site, "stop", List.of());
            site.said("stop", "--now");
        }
    }

    /** The job that was submitted last; it runs. */
    private static Path begin(Site site, String name, List<String> options) throws Exception {
        var folder = Files.createDirectory(site.file("tree-" + name));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("never").toString()).start().waitFor()).isZero();
        var script = site.file(name + ".sh", TREE.formatted(folder).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var words = new java.util.ArrayList<>(List.of("submit", "--grace", "500ms"));
        words.addAll(options);
        words.addAll(List.of("--", "sh", script.toString()));
        site.said(words.toArray(String[]::new));
        Site.awaitThat("the tree of " + name + " is there", () -> Files.exists(folder.resolve("begun"))
                && site.lines(folder.resolve("pids")).size() > 205);
        return folder;
    }

    @Test
    void whatCannotBeEndedIsNamedInTheResult() throws IOException {
        var freezers = Path.of("/sys/fs/cgroup/freezer");
        assumeTrue(Files.isWritable(freezers), "needs the freezer of control groups v1, and the right to use it");
        var group = Files.createDirectory(freezers.resolve("ganger-trees-" + ProcessHandle.current().pid()));
        try (var site = new Site()) {
            site.startCoordinator();
            site.startAgent("one", "--slots", "1");
            var script = "sleep 601 & echo $! > %s; wait".formatted(site.file("pid"));
            var job = site.said("submit", "--grace", "500ms", "--", "sh", "-c", script);
            Site.awaitThat("the task runs", () -> site.lines(site.file("pid")).size() == 1);
            var pid = site.lines(site.file("pid")).getFirst();
            Files.writeString(group.resolve("cgroup.procs"), pid);
            Files.writeString(group.resolve("freezer.state"), "FROZEN");
            try {
                site.said("cancel", job);
                assertThat(site.ganger("wait", job).exitCode()).isOne();
                assertThat(site.said("results", job, "-o", "json"))
                        .contains("\"notEnded\":{\"count\":1,\"processes\":[{\"pid\":%s,\"command\":\"sleep\"}]}".formatted(pid));
                assertThat(site.said("show", job + ".1")).contains("not ended", pid + " (sleep): of another user, or stuck");
                assertThat(site.ganger("run", "true").exitCode()).as("the slot was given up").isZero();
            } finally {
                Files.writeString(group.resolve("freezer.state"), "THAWED");
            }
            site.awaitNoProcess("sleep 601");
        } finally {
            Files.delete(group);
        }
    }
}
