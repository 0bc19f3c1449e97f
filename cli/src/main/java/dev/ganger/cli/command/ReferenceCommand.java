package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.reference.Reference;
import dev.ganger.reference.Usage;
import dev.ganger.reference.UsageLines;
import dev.ganger.reference.Usages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks all programs how they are called, and tells it or writes completions and manual pages from it. */
@Command(name = "reference", hidden = true)
final class ReferenceCommand implements Verb {
    private final Invocation invocation;

    @Option(names = "--write", paramLabel = "DIR", description = "The distribution to write it into.")
    String distribution = "";

    @Option(names = "--date", paramLabel = "DATE", description = "The manual's date.")
    String date = "";

    ReferenceCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        var reference = new Reference(usages());
        if (distribution.isEmpty()) {
            invocation.output().line(new String(UsageLines.write(reference.usages()), StandardCharsets.UTF_8).stripTrailing());
            return 0;
        }
        try {
            reference.write(Path.of(distribution), date);
            return 0;
        } catch (IOException problem) {
            throw new Failure(Kind.FAILED, "the reference cannot be written to '" + distribution + "': " + problem, problem);
        }
    }

    private List<Usage> usages() {
        var programs = Programs.of(invocation.surroundings());
        var others = Stream.of("coordinator", "agent").map(name -> programs.start(List.of(name, "reference"))).toList();
        var usages = new ArrayList<>(Usages.of(CommandLines.whole(invocation)));
        others.forEach(other -> usages.addAll(UsageLines.read(other.said().getBytes(StandardCharsets.UTF_8))));
        return usages;
    }
}
