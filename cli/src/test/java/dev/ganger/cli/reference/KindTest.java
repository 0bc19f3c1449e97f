package dev.ganger.cli.reference;

import dev.ganger.reference.Usage.Option;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class KindTest {
    @Test
    void aLabelSaysWhatIsMeant() {
        assertThat(Kind.of("JOB").word()).isEqualTo("job");
        assertThat(Kind.of("JOB…").word()).isEqualTo("job");
        assertThat(Kind.of("JOB|TASK").word()).isEqualTo("task");
        assertThat(Kind.of("TASK").word()).isEqualTo("task");
        assertThat(Kind.of("FILE|-").word()).isEqualTo("file");
        assertThat(Kind.of("DIR").word()).isEqualTo("folder");
        assertThat(Kind.of("COMMAND").word()).isEqualTo("command");
        assertThat(Kind.of("").word()).isEqualTo("flag");
        assertThat(Kind.of("HOST:PORT").word()).isEqualTo("text");
    }

    @Test
    void whatIsInSmallLettersStandsForItself() {
        assertThat(Kind.of("table|json|quiet").word()).isEqualTo("one-of:table json quiet");
        assertThat(Kind.of("SIZE|none").word()).isEqualTo("one-of:none");
        assertThat(Kind.of("STATE").word()).startsWith("one-of:").contains("queued ", " running").doesNotContain("lost");
    }

    @Test
    void aNameIsAnAgentsWhereAgentsAreSpokenOf() {
        assertThat(Kind.ofOperand("ganger agent drain", "NAME").word()).isEqualTo("agent");
        assertThat(Kind.ofOperand("ganger lock", "NAME").word()).isEqualTo("text");
        assertThat(Kind.ofOperand("ganger user remove", "NAME").word()).isEqualTo("user");
        assertThat(Kind.ofOperand("ganger token revoke", "TOKEN…").word()).isEqualTo("token");
        assertThat(Kind.ofOperand("ganger context use", "CONTEXT").word()).isEqualTo("context");
        assertThat(Kind.ofOption(option("--context", "CONTEXT")).word()).isEqualTo("context");
        assertThat(Kind.ofOption(option("--agent", "NAME")).word()).isEqualTo("agent");
        assertThat(Kind.ofOption(option("--on", "AGENT")).word()).isEqualTo("agent");
        assertThat(Kind.ofOption(option("--consumer", "NAME")).word()).isEqualTo("text");
    }

    private static Option option(String name, String label) {
        return new Option(List.of(name), label, "", false);
    }
}
