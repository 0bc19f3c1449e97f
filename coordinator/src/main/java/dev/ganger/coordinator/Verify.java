package dev.ganger.coordinator;

import dev.ganger.config.Choices;
import dev.ganger.config.Folders;
import dev.ganger.coordinator.output.OutputException;
import dev.ganger.coordinator.store.StoreException;
import dev.ganger.coordinator.verify.Verification;
import dev.ganger.program.Superuser;
import dev.ganger.program.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ganger verify}: proves that a data folder holds what it should. */
@Command(name = "ganger verify", description = "Prove that a coordinator's data folder is complete and agrees with itself: each task has the results it "
        + "should, each attempt its reason, and output is there to the byte. Nothing is changed, and a coordinator that runs is not "
        + "disturbed. What is wrong is named, a sentence each.", footer = {"",
                "Exits with 0 if all is well, with 1 if something is wrong, with 3 if there is no such folder, with 5 if it may not be read.",
                "",
                "Example:",
                "  ganger verify --data /var/lib/ganger/coordinator"}, sortOptions = false, mixinStandardHelpOptions = true, versionProvider = Version.class)
final class Verify implements Callable<Integer> {
    private static final int OK = 0;
    private static final int WRONG = 1;
    private static final int NO_FOLDER = 3;
    private static final int NOT_ALLOWED = 5;

    @Option(names = "--data", paramLabel = "DIR", description = "The folder (default: where a coordinator that is started here keeps its data).")
    private @Nullable String data;

    @Option(names = {"-o",
            "--output"}, paramLabel = "table|json|quiet", description = "For people, for programs, or only what is wrong.")
    private VerdictPrinter.@Nullable Format format;

    @Override
    public Integer call() {
        var environment = System.getenv();
        var choices = new Choices(CoordinatorOptions.configuration(environment));
        var folder = choices.folder("data", data, () -> Folders.data("coordinator", environment, Superuser.runsThis()));
        var printer = new VerdictPrinter(format == null ? VerdictPrinter.Format.table : format);
        if (!Files.isDirectory(folder)) {
            return fail(printer, NO_FOLDER, "not-found", "there is no folder %s; say with --data which one to verify", folder);
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            return fail(printer, NOT_ALLOWED, "not-allowed",
                    "the folder %s may not be read by this user; verify it as the one who runs the coordinator", folder);
        }
        if (!Verification.isPossible(folder)) {
            return fail(printer, NO_FOLDER, "not-found",
                    "no coordinator has kept anything in %s; say with --data which folder to verify", folder);
        }
        return verify(folder, printer);
    }

    private static int verify(Path folder, VerdictPrinter printer) {
        try {
            var verdict = Verification.of(folder, printer::tell);
            printer.print(verdict);
            return verdict.isClean() ? OK : WRONG;
        } catch (StoreException | OutputException | IOException failure) {
            printer.fail("failed", "cannot verify %s: %s".formatted(folder, failure.getMessage()));
            return WRONG;
        }
    }

    private static int fail(VerdictPrinter printer, int code, String word, String sentence, Path folder) {
        printer.fail(word, sentence.formatted(folder));
        return code;
    }
}
