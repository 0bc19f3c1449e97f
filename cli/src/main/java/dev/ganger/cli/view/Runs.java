package dev.ganger.cli.view;

import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.Survivors;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How what is known of an attempt is shown, wherever it stands. */
final class Runs {
    private Runs() {}

    static void writeEnding(Json json, @Nullable Ending ending) {
        json.number("exitCode", ending == null ? null : Words.exitCode(ending))
                .number("signal", ending == null ? null : Words.signal(ending))
                .text("reason", ending == null ? null : Words.reason(ending))
                .text("reasonText", ending == null ? null : Words.sentence(ending));
    }

    /** From cpuUserSeconds to stderr. */
    static void writeMeasures(Json json, @Nullable Run run) {
        var seen = run != null && isSeen(run);
        json.number("cpuUserSeconds", run != null && seen ? Words.seconds(run.cpuUser()) : null)
                .number("cpuSystemSeconds", run != null && seen ? Words.seconds(run.cpuSystem()) : null)
                .number("maxRssBytes", run == null || run.maxRssBytes() == 0 ? null : run.maxRssBytes())
                .number("strays", run == null ? null : run.strays())
                .object("notEnded", left -> writeSurvivors(left, run == null ? Survivors.NONE : run.survivors()))
                .object("stdout", stream -> writeStream(stream, run == null ? null : run.stdout()))
                .object("stderr", stream -> writeStream(stream, run == null ? null : run.stderr()));
    }

    /** Whether somebody saw how it ended: of an attempt that was lost with its agent, nobody did. */
    private static boolean isSeen(Run run) {
        return run.startedAt() != null && !(run.ending() instanceof Ending.Lost);
    }

    private static void writeSurvivors(Json json, Survivors survivors) {
        json.number("count", survivors.count()).objects("processes", survivors.named(),
                (each, process) -> each.number("pid", process.pid()).text("command", process.command()));
    }

    private static void writeStream(Json json, @Nullable StreamOutput stream) {
        json.number("bytes", stream == null ? null : stream.bytes())
                .text("sha256", stream == null ? null : stream.sha256().hex())
                .number("dropped", stream == null ? null : stream.dropped());
    }

    /** Null for that of a process that never was. */
    static @Nullable Long pid(long pid) {
        return pid == 0 ? null : pid;
    }

    /** The exit code or the signal, whichever there is. */
    static @Nullable Integer code(@Nullable Run run) {
        if (run == null) {
            return null;
        }
        var exitCode = Words.exitCode(run.ending());
        return exitCode == null ? Words.signal(run.ending()) : exitCode;
    }

    static @Nullable String seconds(@Nullable Run run) {
        return run == null || run.startedAt() == null
                ? null
                : String.format(Locale.ROOT, "%.3f", Words.seconds(Duration.between(run.startedAt(), run.finishedAt())));
    }

    static void describe(Fields fields, Run run) {
        fields.add("ended", Words.sentence(run.ending())).add("pid", pid(run.pid()));
        if (run.startedAt() != null) {
            fields.add("started", Words.time(run.startedAt()));
        }
        fields.add("finished", Words.time(run.finishedAt()));
        if (isSeen(run)) {
            fields.add("took", Words.length(Duration.between(run.startedAt(), run.finishedAt())))
                    .add("cpu",
                            "%.3f s user, %.3f s system".formatted(Words.seconds(run.cpuUser()), Words.seconds(run.cpuSystem())))
                    .add("max rss", run.maxRssBytes() == 0 ? null : run.maxRssBytes() + " bytes")
                    .add("strays", run.strays() == 0 ? null : Words.count(run.strays(), "process") + " left behind were ended")
                    .add("not ended", run.survivors().isEmpty() ? null : describe(run.survivors()))
                    .add("stdout", describe(run.stdout()))
                    .add("stderr", describe(run.stderr()));
        }
    }

    private static String describe(Survivors survivors) {
        var more = survivors.count() - survivors.named().size();
        return survivors.named().stream().map(Object::toString).collect(Collectors.joining(", "))
                + (more == 0 ? "" : " and " + more + " more") + ": of another user, or stuck in the kernel";
    }

    private static String describe(StreamOutput stream) {
        return Words.count(stream.bytes(), "byte") + (stream.dropped() > 0 ? ", " + dropped(stream) : "") + ", sha256 "
                + stream.sha256().hex();
    }

    private static String dropped(StreamOutput stream) {
        return "%d not kept: from %d to %d".formatted(stream.dropped(), stream.headBytes(),
                stream.headBytes() + stream.dropped());
    }
}
