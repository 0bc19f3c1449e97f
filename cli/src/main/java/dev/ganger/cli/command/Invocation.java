package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Reconnect;
import dev.ganger.cli.view.Format;
import dev.ganger.cli.view.Output;
import dev.ganger.wire.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** One call of the program: its surroundings, and the options that every verb has. */
@Command(name = "ganger", synopsisSubcommandLabel = "VERB", description = Overview.GANGER, exitCodeList = {"0:Done.",
        "1:It ran, and some task did not succeed.",
        "2:The command line was wrong.",
        "3:No such job, task or agent, or no longer kept.",
        "4:The coordinator cannot be reached.",
        "5:Not allowed.",
        "6:The queue is full: at once with --no-wait, after --submit-timeout, or because it can never hold so much.",
        "7:Waited long enough: --timeout of wait and results.",
        "8:The queue is empty: --no-wait of results.",
        "130:Interrupted; run cancels its task first."}, footer = {"", "Example:", "  ganger run hostname"})
final class Invocation {
    private static final String DEFAULT_COORDINATOR = "localhost:" + Address.DEFAULT_PORT;

    private final Surroundings surroundings;
    private @Nullable Output output;

    @Option(names = "--coordinator", paramLabel = "HOST:PORT", scope = ScopeType.INHERIT, description = "Where the coordinator is. Else GANGER_COORDINATOR; else "
            + DEFAULT_COORDINATOR + ".")
    @Nullable
    Address coordinator;

    @Option(names = {"-o",
            "--output"}, paramLabel = "table|json|quiet", scope = ScopeType.INHERIT, description = "For people, for programs, or ids only. Else GANGER_OUTPUT; else table.")
    @Nullable
    Format format;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours. Also NO_COLOR, and when not a terminal.")
    boolean noColor;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "With an error, also print where it arose.")
    boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Print this.")
    boolean help;

    @Option(names = "--version", versionHelp = true, scope = ScopeType.INHERIT, description = "Print the version.")
    boolean version;

    Invocation(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Output output() {
        var known = output;
        if (known == null) {
            known = new Output(surroundings.out(), surroundings.err(), format(), surroundings.terminal(), colours());
            output = known;
        }
        return known;
    }

    private Format format() {
        return format == null ? fromEnvironment("GANGER_OUTPUT", Format::parse, Format.TABLE) : format;
    }

    private boolean colours() {
        return !noColor && surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty();
    }

    Address address() {
        return coordinator == null
                ? fromEnvironment("GANGER_COORDINATOR", Address::parse, Address.parse(DEFAULT_COORDINATOR))
                : coordinator;
    }

    Coordinator connect() {
        return Coordinator.at(address(), Reconnect.NEVER);
    }

    Coordinator connect(Reconnect reconnect) {
        return Coordinator.at(address(), reconnect);
    }

    /** A connection that is made again when it breaks. */
    Coordinator connect(Patient patient) {
        return connect(new Reconnect(patient.reconnect, output()::note));
    }

    private <T> T fromEnvironment(String name, java.util.function.Function<String, T> parse, T otherwise) {
        var value = surroundings.environment().getOrDefault(name, "");
        try {
            return value.isEmpty() ? otherwise : parse.apply(value);
        } catch (IllegalArgumentException problem) {
            throw new Failure(Failure.Kind.USAGE, "the variable " + name + " is wrong: " + problem.getMessage(), problem);
        }
    }
}
