package dev.ganger.cli.view;

import java.util.List;

/** How it is shown why something stands where it does. */
public final class Explanation {
    private Explanation() {}

    /** Several explanations are told apart by their ids. */
    public static void show(Output output, String id, String state, List<String> sentences, boolean several) {
        var mark = several ? id + ": " : "";
        output.done(String.join("\n", sentences.stream().map(sentence -> mark + Harmless.text(sentence)).toList()),
                json -> json.text("id", id).text("state", state).texts("sentences", sentences), id);
    }
}
