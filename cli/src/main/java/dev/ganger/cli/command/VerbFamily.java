package dev.ganger.cli.command;

import picocli.CommandLine.Command;

/** What begins with 'ganger agent': its parts are the verbs. */
@Command(synopsisSubcommandLabel = "VERB")
final class VerbFamily {
    private final String words;

    VerbFamily(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** What its verbs have in common, in a sentence. */
    String about() {
        return switch (words) {
            case "agent" -> "An agent runs tasks on its machine; the coordinator knows all agents by their names.";
            case "coordinator" -> "A coordinator holds the queue of tasks and the queue of results; all others come to it.";
            case "token", "token create" ->
                "A token lets an agent or a user join; whoever has it may use it until it is used up or over.";
            case "context" -> "A context is a coordinator that you know, and who you are there.";
            case "user" -> "A user has logged in with a token, and has a role.";
            default -> "Verbs that begin with '" + words + "'.";
        };
    }

    /** The verb that lists what they are about, as the beginning of a sentence; empty if one of them does. */
    String list() {
        return switch (words) {
            case "agent", "user" -> "'ganger " + words + "s' lists them; ";
            default -> "";
        };
    }
}
