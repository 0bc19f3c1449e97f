package dev.ganger.cli.command;

import dev.ganger.model.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a job is known. */
final class IdentityOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "A name for people.")
    String name = "";

    @Option(names = "--tag", paramLabel = "K=V", description = "A mark for people and filters; may be given several times.")
    List<Tag> tags = new ArrayList<>();

    @Option(names = "--key", paramLabel = "KEY", description = "The same key gives the same job, however often it is submitted. Default: a new one for each call.")
    @Nullable
    String key;
}
