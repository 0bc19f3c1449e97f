package dev.ganger.reference;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reference}, of a program that is not the one people type: prints the program's usages. */
@Command(name = "reference", hidden = true)
public final class TellUsages implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new AssertionError("picocli sets it");
        }
        System.out.writeBytes(UsageLines.write(Usages.of(spec.root().commandLine())));
        System.out.flush();
        return 0;
    }
}
