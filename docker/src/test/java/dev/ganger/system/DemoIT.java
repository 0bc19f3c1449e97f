package dev.ganger.system;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The first thing that anybody tries. */
final class DemoIT {
    @Test
    void theDemoShowsTheWholeAndLeavesNothing() {
        try (var site = new Site()) {
            var demo = site.ganger("demo", "--tasks", "200");
            assertThat(demo.exitCode()).as(demo.err()).isZero();
            assertThat(demo.out()).contains("200", "demo-1", "demo-2");
            site.awaitNoProcess("");
            assertThat(site.folder()).isDirectoryNotContaining("glob:**/ganger-demo-*");
        }
    }

    @Test
    void anInterruptedDemoLeavesNothing() {
        try (var site = new Site()) {
            var demo = site.begin("demo", "--tasks", "1000000");
            Site.awaitThat("an agent works", () -> hasAgent(site));
            demo.interrupt();
            assertThat(demo.exitCode()).isEqualTo(130);
            site.awaitNoProcess("");
            assertThat(site.folder()).isDirectoryNotContaining("glob:**/ganger-demo-*");
        }
    }

    private static boolean hasAgent(Site site) {
        var parts = site.folder().toFile().listFiles((_, name) -> name.startsWith("ganger-demo-"));
        return parts != null && parts.length == 1 && parts[0].toPath().resolve("agent-2/tasks").toFile().isDirectory();
    }
}
