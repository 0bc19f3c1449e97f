package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Destination;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Reconnect;
import dev.ganger.cli.view.Format;
import dev.ganger.cli.view.Output;
import dev.ganger.config.Choices;
import dev.ganger.config.Configuration;
import dev.ganger.config.Folders;
import dev.ganger.config.Key;
import dev.ganger.config.Keys;
import dev.ganger.config.Setting;
import dev.ganger.config.WrongSetting;
import dev.ganger.trust.Contexts;
import dev.ganger.wire.Address;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** One call of the program: its surroundings, and the options that every verb has. */
@Command(name = "ganger", synopsisSubcommandLabel = "VERB", description = Overview.GANGER, exitCodeList = {"0:Done.",
        "1:It ran, and some task did not succeed.",
        "2:The command line was wrong.",
        "3:No such job, task, agent, token, user or context, or no longer kept.",
        "4:The coordinator cannot be reached.",
        "5:Not allowed.",
        "6:The queue is full: at once with --no-wait, after --submit-timeout, or because it can never hold so much.",
        "7:Waited long enough: --timeout of wait and results.",
        "8:The queue is empty: --no-wait of results.",
        "130:Interrupted; run cancels its task first."}, footer = {"", "Example:", "  ganger run hostname"})
final class Invocation {
    private static final String NO_COLOR = "NO_COLOR";

    /** Everything of a call that can also be said by a variable or in the client's file. */
    private static final Keys KEYS = new Keys("client", "", "GANGER_CONFIG", List.of(
            new Key("coordinator", Key.Form.VALUE, List.of("GANGER_COORDINATOR")),
            new Key("context", Key.Form.VALUE, List.of("GANGER_CONTEXT")),
            new Key("insecure", Key.Form.SWITCH, List.of("GANGER_INSECURE")),
            new Key("output", Key.Form.VALUE, List.of("GANGER_OUTPUT")),
            new Key("no-color", Key.Form.SWITCH, List.of(NO_COLOR))));

    private final Surroundings surroundings;
    private @Nullable Output output;
    private @Nullable Choices choices;

    @Option(names = "--coordinator", paramLabel = "HOST:PORT", scope = ScopeType.INHERIT, description = "Where the coordinator is. Else GANGER_COORDINATOR; else client.yaml; else where the context says.")
    @Nullable
    Address coordinator;

    @Option(names = "--context", paramLabel = "CONTEXT", scope = ScopeType.INHERIT, description = "Which coordinator, and who you are there: a name of 'ganger context list', or the path of such a folder. Else GANGER_CONTEXT; else client.yaml; else what 'ganger context use' chose.")
    @Nullable
    String context;

    @Option(names = "--insecure", scope = ScopeType.INHERIT, description = "Plain text, to a coordinator on this machine that was started so. Also GANGER_INSECURE and client.yaml.")
    @Nullable
    Boolean insecure;

    @Option(names = {"-o",
            "--output"}, paramLabel = "table|json|quiet", scope = ScopeType.INHERIT, description = "For people, for programs, or ids only. Else GANGER_OUTPUT; else client.yaml; else table.")
    @Nullable
    Format format;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours. Also NO_COLOR, client.yaml, and when not a terminal.")
    @Nullable
    Boolean noColor;

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

    /** Says all that was said so far, if anything was. */
    void flush() {
        if (output != null) {
            output.flush();
        }
    }

    Format format() {
        return chosen(from -> from.value("output", format == null ? null : format.word(), Format.TABLE.word(), Format::parse));
    }

    private boolean colours() {
        return !chosen(from -> from.truth("no-color", noColor));
    }

    /** Where the coordinator is, and who one is there. */
    Destination destination() {
        return arrival().destination();
    }

    /** Of this user. */
    Contexts contexts() {
        return Contexts.of(configuration());
    }

    private Path configuration() {
        return Path.of(Folders.configuration(surroundings.environment()));
    }

    private Arrival arrival() {
        return chosen(from -> new Arrival(from, configuration(), coordinator, context, insecure));
    }

    /** All of them as they are in effect. */
    List<Setting> settings() {
        var arrival = arrival();
        format();
        colours();
        return arrival.in(chosen(Choices::settings));
    }

    /** The file is read when the first of them is asked for. */
    private <T> T chosen(Function<Choices, T> choose) {
        try {
            var known = choices;
            if (known == null) {
                known = new Choices(Configuration.read(KEYS, variables(), Configuration.SYSTEM));
                choices = known;
            }
            return choose.apply(known);
        } catch (WrongSetting wrong) {
            throw new Failure(Failure.Kind.USAGE, wrong.sentence(), wrong);
        }
    }

    /** NO_COLOR says its thing with whatever stands in it (no-color.org). */
    private Map<String, String> variables() {
        var variables = new HashMap<>(surroundings.environment());
        variables.computeIfPresent(NO_COLOR, (_, value) -> value.isEmpty() ? value : "true");
        return variables;
    }

    Coordinator connect() {
        return connect(Reconnect.NEVER);
    }

    Coordinator connect(Reconnect reconnect) {
        var destination = destination();
        Expiry.remark(output(), destination);
        return Coordinator.at(destination, reconnect);
    }

    /** A connection that is made again when it breaks. */
    Coordinator connect(Patient patient) {
        return connect(new Reconnect(patient.reconnect, output()::note));
    }
}
