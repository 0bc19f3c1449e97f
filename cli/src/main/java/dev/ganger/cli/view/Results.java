package dev.ganger.cli.view;

import dev.ganger.model.Result;
import java.util.List;

/** How results are shown. */
public final class Results {
    public static final Shape<Result> SHAPE = new Shape<>(List.of(
            Column.number("POSITION", Result::position),
            Column.word("TASK", Result::task),
            Column.state("STATE", result -> Words.word(result.state())),
            Column.word("REASON", result -> Words.reason(result.run().ending())),
            Column.number("CODE", result -> Runs.code(result.run())),
            Column.number("ATTEMPT", Result::attempt),
            Column.word("FINISHED", result -> Words.shortTime(result.run().finishedAt())),
            Column.number("SECONDS", result -> Runs.seconds(result.run())),
            Column.number("STDOUT", result -> result.run().stdout().bytes()),
            Column.number("STDERR", result -> result.run().stderr().bytes()),
            Column.wide("AGENT", Result::agent)), Results::write, result -> result.task().toString());

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
