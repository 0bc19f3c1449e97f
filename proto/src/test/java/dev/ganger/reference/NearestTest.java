package dev.ganger.reference;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class NearestTest {
    private static final List<String> VERBS = List.of("submit", "run", "status", "jobs", "cancel", "close", "open", "stop",
            "agent drain", "agents");
    private static final List<String> OPTIONS = List.of("--array", "--retries", "--retry-on", "--timeout", "--submit-timeout",
            "--no-wait");

    @Test
    void lettersSwappedLeftOutAddedOrChangedAreForgiven() {
        assertThat(Nearest.to("sumbit", VERBS)).containsExactly("submit");
        assertThat(Nearest.to("canel", VERBS)).containsExactly("cancel");
        assertThat(Nearest.to("statuss", VERBS)).containsExactly("status");
        assertThat(Nearest.to("jöbs", VERBS)).containsExactly("jobs");
        assertThat(Nearest.to("--arrey", OPTIONS)).containsExactly("--array");
        assertThat(Nearest.to("--submittimeout", OPTIONS)).containsExactly("--submit-timeout");
    }

    @Test
    void theBeginningOfANameIsNear() {
        assertThat(Nearest.to("sub", VERBS)).containsExactly("submit");
        assertThat(Nearest.to("--no", OPTIONS)).containsExactly("--no-wait");
        assertThat(Nearest.to("agent drian", VERBS)).containsExactly("agent drain");
    }

    @Test
    void namesThatAreEquallyNearAreAllNamed() {
        assertThat(Nearest.question("--rety", OPTIONS)).isEqualTo("; did you mean '--retries' or '--retry-on'?");
    }

    @Test
    void whatIsFarFromAllIsNoMistypedName() {
        assertThat(Nearest.question("frobnicate", VERBS)).isEmpty();
        assertThat(Nearest.to("x", VERBS)).isEmpty();
        assertThat(Nearest.to("ps", VERBS)).isEmpty();
        assertThat(Nearest.to("--al", OPTIONS)).isEmpty();
        assertThat(Nearest.to("--now", List.of("--no-color"))).as("three letters begin with too much").isEmpty();
        assertThat(Nearest.to("xyz", List.of())).isEmpty();
    }
}
