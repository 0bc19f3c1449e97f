package dev.ganger.cli.view;

import java.util.List;

/** How it is shown that something was done. */
public final class Acts {
    private Acts() {}

    public static void cancelled(Output output, long job, long cancelled, long ending) {
        var also = ending == 0 ? "" : ", " + ending + " being ended by agents";
        output.done("job " + job + ": " + cancelled + " cancelled" + also,
                json -> json.number("job", job).number("cancelled", cancelled).number("ending", ending), Long.toString(job));
    }

    /** There was nothing to do. */
    public static void cancelledNothing(Output output, long job) {
        output.done("job " + job + " is finished: nothing to cancel",
                json -> json.number("job", job).number("cancelled", 0).number("ending", 0), Long.toString(job));
    }

    public static void forgotten(Output output, long job, long results) {
        output.done("job " + job + ": forgotten, with " + Words.count(results, "result"),
                json -> json.number("job", job).number("results", results), Long.toString(job));
    }

    public static void open(Output output, boolean open) {
        output.done(open ? "open: jobs are accepted" : "closed: no more jobs are accepted until 'ganger open'",
                json -> json.truth("open", open), null);
    }

    public static void cursor(Output output, String consumer, long next) {
        output.done("the consumer '" + consumer + "' reads position " + next + " next",
                json -> json.text("consumer", consumer).number("next", next), null);
    }

    public static void stopped(Output output, List<String> gone, List<String> unreachable) {
        output.done(
                "stopped: " + Words.count(gone.size(), "agent") + " ended"
                        + (gone.isEmpty() ? "" : ": " + String.join(", ", gone)),
                json -> json.texts("ended", gone).texts("unreachable", unreachable), null);
    }
}
