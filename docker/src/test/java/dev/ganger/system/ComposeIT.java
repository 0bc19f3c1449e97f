package dev.ganger.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** One command brings up what docker/compose.yaml says, joined over TLS, and it grows. */
final class ComposeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;
    private List<String> compose = List.of("docker", "compose");
    private int calls;

    @Test
    void aCoordinatorAndThreeAgentsComeUpAndTenDo() {
        Engine.assumeItAnswers();
        if (call("version").exitCode() != 0) {
            compose = List.of("docker-compose");
        }
        assumeTrue(call("version").exitCode() == 0, "neither `docker compose` nor `docker-compose` is installed");
        try {
            said("up", "--build", "--detach");
            await("three agents").atMost(PATIENCE).until(() -> alive() == 3);
            assertThat(said("exec", "-T", "coordinator", "ganger", "run", "--array", "1-30", "echo", "done").lines()).hasSize(30);
            said("up", "--detach", "--scale", "agent=10");
            await("ten agents").atMost(PATIENCE).until(() -> alive() == 10);
            await("the health checks agree").atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(said("ps").lines().filter(line -> line.contains("(healthy)"))).hasSize(11));
            said("exec", "-T", "coordinator", "ganger", "stop");
            await("STOP ends the agents").atMost(PATIENCE).until(() -> alive() == 0);
        } finally {
            said("down", "--volumes", "--rmi", "all", "--timeout", "10");
        }
    }

    private long alive() {
        return said("exec", "-T", "coordinator", "ganger", "agents", "-o", "json").lines()
                .filter(line -> line.contains("\"state\":\"alive\""))
                .count();
    }

    private String said(String... arguments) {
        var call = call(arguments);
        assertThat(call.exitCode()).as("%s: %s%s", List.of(arguments), call.out(), call.err()).isZero();
        return call.out();
    }

    private Program call(String... arguments) {
        var command = new ArrayList<>(compose);
        command.addAll(List.of("--project-name", "ganger-test", "--file", "compose.yaml"));
        command.addAll(List.of(arguments));
        var program = Path.of("/usr/bin/env");
        return Launch.of(program, command).withEnvironment(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                "GANGER_IMAGES", "ganger-test-compose", "COMPOSE_INTERACTIVE_NO_CLI", "1"))
                .start(folder.resolve("call-" + calls++));
    }
}
