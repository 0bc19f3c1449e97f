package dev.ganger.reference;

import dev.ganger.reference.Usage.Example;
import dev.ganger.reference.Usage.Operand;
import dev.ganger.reference.Usage.Option;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

import static org.assertj.core.api.Assertions.assertThat;

final class UsagesTest {
    private final List<Usage> usages = Usages.of(new CommandLine(new Program()));

    @Test
    void aProgramTellsOfItselfAndOfItsCommandsButNotOfWhatIsHidden() {
        assertThat(usages).extracting(Usage::command).containsExactly("program", "program fly");
        assertThat(usages.getFirst().exitCodes()).isEqualTo(Map.of("0", "done", "7", "too late"));
        assertThat(usages.getFirst().options()).containsExactly(new Option(List.of("-l", "--loud"), "", "Make noise.", true));
    }

    @Test
    void aCommandIsToldWithItsOptionsOperandsAndExamples() {
        var fly = usages.getLast();

        assertThat(fly.synopsis()).isEqualTo("program fly [OPTION…] PLACE…");
        assertThat(fly.description()).isEqualTo("Fly there, at 100 % of the speed. Then land.");
        assertThat(fly.options()).containsExactlyInAnyOrder(
                new Option(List.of("-l", "--loud"), "", "Make noise.", true),
                new Option(List.of("--height"), "N", "How high: \"up\"\\down, 5 % of it.", false),
                new Option(List.of("--map"), "FILE|-", "", false));
        assertThat(fly.operands()).containsExactly(new Operand("PLACE", "Where to.", true));
        assertThat(fly.examples()).containsExactly(new Example("home and back", List.of("program fly home", "program fly back")));
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        var written = UsageLines.write(usages);

        assertThat(new String(written, StandardCharsets.UTF_8).lines()).hasSize(2)
                .allMatch(line -> line.startsWith("{\"command\":"));
        assertThat(UsageLines.read(written)).isEqualTo(usages);
        assertThat(UsageLines.read(new byte[0])).isEmpty();
    }

    @Command(name = "program", subcommands = {Fly.class, Secret.class, TellUsages.class}, exitCodeList = {"0:done",
            "7:too late"})
    private static final class Program {
        @CommandLine.Option(names = {"-l", "--loud"}, scope = ScopeType.INHERIT, description = "Make noise.")
        boolean loud;
    }

    @Command(name = "fly", customSynopsis = "program fly [OPTION…] PLACE…", description = {"Fly there, at 100 %% of the speed.",
            " Then land."}, footer = {"", "Example: home and back", "  program fly home", "  program fly back"})
    private static final class Fly {
        @CommandLine.Option(names = "--height", paramLabel = "N", description = "How high: \"up\"\\down, 5 %% of it.")
        int height;

        @CommandLine.Option(names = "--map", paramLabel = "FILE|-")
        @Nullable
        String map;

        @CommandLine.Option(names = "--secret", hidden = true)
        boolean secret;

        @Parameters(paramLabel = "PLACE", arity = "1..*", description = "Where to.")
        List<String> places = new ArrayList<>();
    }

    @Command(name = "secret", hidden = true)
    private static final class Secret {}
}
