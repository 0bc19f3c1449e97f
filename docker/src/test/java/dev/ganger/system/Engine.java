package dev.ganger.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Whether this machine has a container engine, asked by the engine's own client, because that answers at once. */
final class Engine {
    private static final int ANSWER_SECONDS = 10;
    private static final String NO_ENGINE = "no container engine: `docker version` finds no server";

    private Engine() {}

    /** Skips the test, and says so, unless an engine answers; Testcontainers then speaks the engine's version, not a guess. */
    static void assumeItAnswers() {
        Optional<String> version = apiVersion();
        if (version.isEmpty()) {
            System.out.println("The tests on containers are skipped: " + NO_ENGINE);
        }
        assumeTrue(version.isPresent(), NO_ENGINE);
        System.setProperty("api.version", version.orElseThrow());
    }

    private static Optional<String> apiVersion() {
        try {
            Process client = new ProcessBuilder("docker", "version", "--format", "{{.Server.APIVersion}}")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!client.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                client.destroyForcibly();
                return Optional.empty();
            }
            String version = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return client.exitValue() == 0 && !version.isEmpty() ? Optional.of(version) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
