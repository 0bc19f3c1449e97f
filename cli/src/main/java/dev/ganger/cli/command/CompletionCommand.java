package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.reference.Reference;
import dev.ganger.cli.reference.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the script that lets a shell complete. */
@Command(name = "completion", customSynopsis = "ganger completion bash|zsh|fish", description = {
        "Print a script that makes a shell complete verbs, options, files, ids of jobs",
        "and names of agents. Source it, or put it where the shell looks for", "completions."}, footer = {"",
                "For every new shell:",
                "  ganger completion bash > ~/.local/share/bash-completion/completions/ganger",
                "  ganger completion zsh > ~/.zfunc/_ganger   (a folder of $fpath)",
                "  ganger completion fish > ~/.config/fish/completions/ganger.fish",
                "", "Example: in this bash, from now on",
                "  source <(ganger completion bash)"})
final class CompletionCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    @Nullable
    Shell shell;

    CompletionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    static Shell shell(String word) {
        for (var shell : Shell.values()) {
            if (shell.word().equals(word)) {
                return shell;
            }
        }
        throw new IllegalArgumentException("expected "
                + Arrays.stream(Shell.values()).map(Shell::word).collect(Collectors.joining(" or ")) + ", not '" + word + "'");
    }

    @Override
    public int run() {
        var distribution = invocation.surroundings().distribution();
        if (shell == null || distribution == null) {
            throw new Failure(Kind.FAILED, "the script is shipped beside the launcher; start this program as 'ganger'");
        }
        var file = Reference.completion(distribution, shell);
        try {
            invocation.output().line(Files.readString(file).stripTrailing());
            return 0;
        } catch (IOException problem) {
            throw new Failure(Kind.FAILED, "the script that is shipped with ganger cannot be read: there is no " + file
                    + "; install the whole distribution, share included", problem);
        }
    }
}
