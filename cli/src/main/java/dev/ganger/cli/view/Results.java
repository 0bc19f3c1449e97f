package dev.ganger.cli.view;

import dev.ganger.model.Result;
import java.util.List;

/** How results are shown. */
public final class Results {
    public static final Shape<Result> SHAPE = new Shape<>(List.of(
            Column.number("POSITION", 3, Result::position),
            Column.word("TASK", Result::task),
            Column.state("STATE", result -> Words.word(result.state())),
            Column.word("REASON", 2, result -> Words.reason(result.run().ending())),
            Column.number("CODE", 1, result -> Runs.code(result.run())),
            Column.number("ATTEMPT", 7, Result::attempt),
            Column.word("FINISHED", 8, result -> Words.shortTime(result.run().finishedAt())),
            Column.number("SECONDS", 4, result -> Runs.seconds(result.run())),
            Column.number("STDOUT", 5, result -> result.run().stdout().bytes()),
            Column.number("STDERR", 6, result -> result.run().stderr().bytes()),
            Column.wide("AGENT", Result::agent)), Results::write, result -> result.task().toString(),
            List.of("position", "task", "job", "index", "round", "attempt", "state",
                    "exitCode", "signal", "reason", "reasonText", "agent", "pid", "startedAt", "finishedAt", "cpuUserSeconds",
                    "cpuSystemSeconds", "maxRssBytes", "strays", "notEnded.count", "stdout.bytes", "stdout.sha256",
                    "stdout.dropped",
                    "stderr.bytes",
                    "stderr.sha256", "stderr.dropped"));

    private Results() {}

    private static void write(Json json, Result result) {
        var run = result.run();
        json.number("position", result.position())
                .text("task", result.task().toString())
                .number("job", result.task().job())
                .number("index", result.task().index())
                .number("round", result.round())
                .number("attempt", result.attempt())
                .text("state", Words.word(result.state()));
        Runs.writeEnding(json, run.ending());
        json.text("agent", Jobs.known(result.agent()))
                .number("pid", Runs.pid(run.pid()))
                .text("startedAt", Words.time(run.startedAt()))
                .text("finishedAt", Words.time(run.finishedAt()));
        Runs.writeMeasures(json, run);
    }
}
