package dev.ganger.cli.command;

import dev.ganger.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What each task is and what it is given. */
final class InputOptions {
    @Option(names = "--array", paramLabel = "FIRST-LAST[:STEP][%MAX]", description = "A task for each index: 1-1000, 0-9:3, 1-100,200; %%8: at most 8 at once. {} and {#} stand for it.")
    @Nullable
    ArrayInput array;

    @Option(names = "--each-line", paramLabel = "FILE|-", description = "A task for each line of the file, or of the standard input. {} stands for the line, {#} for its number.")
    @Nullable
    Bytes eachLine;

    @Option(names = "-0", description = "With --each-line: entries end with a NUL byte, as 'find -print0' writes them.")
    boolean nul;

    @Option(names = "--from-json", paramLabel = "FILE|-", description = "A task for each element of a JSON array, or for each of the values that follow each other. {.name} stands for a field, {} for all of it.")
    @Nullable
    Bytes fromJson;

    @Option(names = "--each-agent", description = "A task for each agent that is there now, and only there.")
    boolean eachAgent;

    @Option(names = "--on", paramLabel = "AGENT", description = "Only the agent of this name runs it; the job waits for it.")
    @Nullable
    String agent;

    @Option(names = "--shell", description = "Run the words, joined by blanks, with '/bin/sh -c'. The values of placeholders are quoted for it.")
    boolean shell;

    @Option(names = "--stdin", paramLabel = "FILE|-", description = "What each task reads on its standard input, at most 1 MiB. Default: nothing.")
    @Nullable
    Bytes stdin;

    @Option(names = "--env", paramLabel = "K=V", description = "A variable of the task's environment; may be given several times.")
    List<Bytes> environment = new ArrayList<>();

    @Option(names = "--env-file", paramLabel = "FILE|-", description = "Variables from a file: a K=V a line, # for remarks. What --env says wins.")
    List<Bytes> environmentFiles = new ArrayList<>();

    @Option(names = "--cwd", paramLabel = "DIR", description = "The working directory on the agent. Default: an empty folder.")
    Bytes directory = Bytes.EMPTY;

    @Option(names = "--no-placeholders", description = "{}, {#} and {.name} stand for nothing but themselves.")
    boolean noPlaceholders;

    @Option(names = "--dry-run", description = "Print the first commands as they would run, and submit nothing.")
    boolean dryRun;

    /** Several tasks were asked for, even if it is only one in the end. */
    boolean several() {
        return array != null || eachLine != null || fromJson != null || eachAgent;
    }
}
