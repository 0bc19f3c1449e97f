package dev.ganger.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reference}, of a program that is not the one people type: prints the program's usages. */
@Command(name = "reference", hidden = true)
public final class TellUsages implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    private List<CommandLine> others = List.of();

    /** Verbs of the program that are no parts of its command. */
    public void also(List<CommandLine> verbs) {
        others = List.copyOf(verbs);
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new AssertionError("picocli sets it");
        }
        var usages = new ArrayList<>(Usages.of(spec.root().commandLine()));
        others.forEach(verb -> usages.addAll(Usages.of(verb)));
        System.out.writeBytes(UsageLines.write(usages));
        System.out.flush();
        return 0;
    }
}
