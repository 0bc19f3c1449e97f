package dev.ganger.cli.view;

import dev.ganger.cli.client.Cancelled;
import dev.ganger.cli.client.Held;
import java.util.List;

/** How it is shown that something was done. */
public final class Acts {
    private Acts() {}

    public static void cancelled(Output output, Cancelled done) {
        var job = done.job();
        var also = done.ending() == 0 ? "" : ", " + done.ending() + " being ended by agents";
        output.done(done.cancelled() + done.ending() == 0
                ? "job " + job + ": nothing to cancel"
                : "job " + job + ": " + done.cancelled() + " cancelled" + also,
                json -> json.number("job", job).number("cancelled", done.cancelled()).number("ending", done.ending()),
                Long.toString(job));
    }

    public static void held(Output output, long job, Held done) {
        var also = done.running() == 0
                ? ""
                : ", " + done.running() + " with agents: what runs goes on, what has not started comes back";
        output.done(done.held() + done.running() == 0
                ? "job " + job + ": nothing to hold"
                : "job " + job + ": " + done.held() + " held" + also,
                json -> json.number("job", job).number("held", done.held()).number("running", done.running()),
                Long.toString(job));
    }

    public static void released(Output output, long job, long released) {
        output.done("job " + job + ": " + (released == 0 ? "nothing is held" : released + " released"),
                json -> json.number("job", job).number("released", released), Long.toString(job));
    }

    public static void retried(Output output, long job, long retried) {
        output.done("job " + job + ": " + (retried == 0 ? "nothing to retry" : Words.count(retried, "task") + " queued again"),
                json -> json.number("job", job).number("retried", retried), Long.toString(job));
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
        if (output.format() == Format.QUIET) {
            gone.forEach(agent -> output.line(Harmless.text(agent)));
            return;
        }
        output.done(
                "stopped: " + Words.count(gone.size(), "agent") + " ended"
                        + (gone.isEmpty() ? "" : ": " + String.join(", ", gone)),
                json -> json.texts("ended", gone).texts("unreachable", unreachable), null);
    }

    public static void drained(Output output, String agent, long held) {
        output.done("agent " + agent + ": gets no more tasks until 'ganger agent resume'"
                + (held == 0 ? "" : "; it goes on with the " + held + " it has"),
                json -> json.text("agent", agent).number("held", held), agent);
    }

    public static void resumed(Output output, String agent) {
        output.done("agent " + agent + ": gets tasks again", json -> json.text("agent", agent), agent);
    }

    public static void agentStopped(Output output, String agent, long held) {
        output.done(
                "agent " + agent + ": ends "
                        + (held == 0
                                ? "now"
                                : "when the " + Words.count(held, "task") + " it has " + (held == 1 ? "is" : "are") + " done"),
                json -> json.text("agent", agent).number("held", held), agent);
    }

    /** Gone or removed. */
    public static void lost(Output output, String agent, String how, long lost) {
        output.done("agent " + agent + ": " + how + (lost == 0
                ? "; it held nothing"
                : "; " + Words.count(lost, "task") + " that it held " + (lost == 1 ? "is" : "are")
                        + " lost there and queued again"),
                json -> json.text("agent", agent).number("lost", lost), agent);
    }
}
