package dev.ganger.cli.view;

import dev.ganger.model.Status;
import java.util.Locale;

/** How the whole is shown. */
public final class Statuses {
    private Statuses() {}

    public static void show(Output output, Status status) {
        output.one(status, Statuses::describe, Statuses::write, null);
    }

    private static void describe(Fields fields, Status status) {
        var jobs = status.jobs();
        var agents = status.agents();
        fields.add("task queue", "%s to start, %d unfinished of at most %d".formatted(
                Words.count(status.queued(), "task"), status.unfinished(), status.limit()))
                .add("done queue", "%s, the next gets position %d".formatted(
                        Words.count(status.results(), "result"), status.position()))
                .add("output", Words.size(status.output()) + " on the coordinator's disk")
                .add("jobs", "%d queued, %d running, %d succeeded, %d failed, %d cancelled".formatted(
                        jobs.queued(), jobs.running(), jobs.succeeded(), jobs.failed(), jobs.cancelled()))
                .add("agents", "%d alive%s, %d unknown; %d of %s busy".formatted(
                        agents.alive(), quarantined(agents), agents.unknown(), agents.busy(),
                        Words.count(agents.slots(), "slot")))
                .add("throughput", String.format(Locale.ROOT, "%.1f results/s", status.resultsPerSecond()))
                .add("submits", submits(status))
                .add("version", status.version());
    }

    private static String quarantined(Status.Agents agents) {
        return agents.quarantined() == 0 ? "" : " (%d of them quarantined)".formatted(agents.quarantined());
    }

    private static String submits(Status status) {
        var text = new StringBuilder(status.open() ? "accepted" : "refused; 'ganger open' accepts them again");
        if (status.waiting() > 0) {
            text.append("; ").append(status.waiting()).append(" waiting for room");
        }
        return text.append(status.stopping() ? "; STOP is on its way" : "").toString();
    }

    private static void write(Json json, Status status) {
        json.object("taskQueue", queue -> queue.number("length", status.queued())
                .number("limit", status.limit())
                .number("unfinished", status.unfinished())
                .number("waitingSubmits", status.waiting()))
                .object("doneQueue", queue -> queue.number("length", status.results()).number("position", status.position()))
                .number("outputBytes", status.output())
                .object("jobs", jobs -> jobs.number("queued", status.jobs().queued())
                        .number("running", status.jobs().running())
                        .number("succeeded", status.jobs().succeeded())
                        .number("failed", status.jobs().failed())
                        .number("cancelled", status.jobs().cancelled()))
                .object("agents", agents -> agents.number("alive", status.agents().alive())
                        .number("quarantined", status.agents().quarantined())
                        .number("unknown", status.agents().unknown())
                        .object("slots", slots -> slots.number("total", status.agents().slots())
                                .number("busy", status.agents().busy())))
                .number("resultsPerSecond", (Number) status.resultsPerSecond())
                .truth("open", status.open())
                .truth("stopping", status.stopping())
                .text("version", Jobs.known(status.version()));
    }
}
