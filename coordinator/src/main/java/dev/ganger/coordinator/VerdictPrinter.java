package dev.ganger.coordinator;

import dev.ganger.coordinator.core.Plain;
import dev.ganger.coordinator.verify.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Prints what was found in a data folder; on a terminal also how far it is. */
final class VerdictPrinter {
    private static final long NANOS_BETWEEN_LINES = TimeUnit.MILLISECONDS.toNanos(300);
    private static final double MEGA = 1_000_000;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Format format;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean showsProgress;
    private long lastNanos = System.nanoTime();
    private boolean hasProgress;

    /** As words of the command line. */
    enum Format {
        table, json, quiet
    }

    VerdictPrinter(Format format) {
        this(format, System.out, System.err, format == Format.table && System.console() != null && System.console().isTerminal());
    }

    VerdictPrinter(Format format, PrintStream out, PrintStream err, boolean showsProgress) {
        this.format = format;
        this.out = out;
        this.err = err;
        this.showsProgress = showsProgress;
    }

    void tell(String underWay) {
        if (showsProgress && System.nanoTime() - lastNanos > NANOS_BETWEEN_LINES) {
            lastNanos = System.nanoTime();
            err.print(CLEAR_LINE + underWay);
            err.flush();
            hasProgress = true;
        }
    }

    private void clear() {
        if (hasProgress) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }

    void fail(String word, String sentence) {
        clear();
        if (format == Format.json) {
            err.println(object(json -> {
                json.writeObjectPropertyStart("error");
                json.writeStringProperty("code", word);
                json.writeStringProperty("message", sentence);
                json.writeEndObject();
            }));
        } else {
            err.println("ganger: " + sentence);
        }
    }

    void print(Verdict verdict) {
        clear();
        switch (format) {
            case json -> out.println(object(json -> write(json, verdict)));
            case quiet -> faults(verdict).forEach(out::println);
            case table -> {
                faults(verdict).forEach(out::println);
                summary(verdict).forEach(out::println);
            }
        }
        out.flush();
    }

    private static List<String> faults(Verdict verdict) {
        var lines = new ArrayList<>(verdict.faults());
        if (verdict.faultCount() > lines.size()) {
            lines.add("and %d more".formatted(verdict.faultCount() - lines.size()));
        }
        return lines;
    }

    private static List<String> summary(Verdict verdict) {
        var counts = verdict.counts();
        var extra = counts.extra();
        var lines = new ArrayList<String>();
        lines.add("%s %s".formatted(verdict.folder(),
                verdict.isClean() ? "is clean" : "is not clean: " + Plain.count(verdict.faultCount(), "fault")));
        lines.add("jobs %d, tasks %d (%d not finished), results %d, attempts %d, output %s MB, took %s".formatted(counts.jobs(),
                counts.tasks(), counts.unfinished(), counts.results(), counts.attempts(),
                String.format(Locale.ROOT, "%.1f", counts.outputBytes() / MEGA), Plain.length(verdict.took())));
        lines.add("attempts beyond the first: %d lost, %d failed and tried again, %d given back; rounds begun anew: %d".formatted(
                extra.lost(), extra.retried(), extra.returned(), extra.rounds()));
        if (extra.unrecorded() > 0) {
            lines.add("note: %s given back when that was not recorded yet".formatted(Plain.count(extra.unrecorded(), "attempt")));
        }
        verdict.notes().forEach(note -> lines.add("note: " + note));
        return lines;
    }

    private static void write(JsonGenerator json, Verdict verdict) {
        json.writeStringProperty("folder", verdict.folder().toString());
        json.writeBooleanProperty("clean", verdict.isClean());
        texts(json, "faults", verdict.faults());
        json.writeNumberProperty("faultCount", verdict.faultCount());
        texts(json, "notes", verdict.notes());
        var counts = verdict.counts();
        json.writeNumberProperty("jobs", counts.jobs());
        json.writeNumberProperty("tasks", counts.tasks());
        json.writeNumberProperty("unfinished", counts.unfinished());
        json.writeNumberProperty("results", counts.results());
        json.writeNumberProperty("attempts", counts.attempts());
        json.writeObjectPropertyStart("extra");
        json.writeNumberProperty("lost", counts.extra().lost());
        json.writeNumberProperty("retried", counts.extra().retried());
        json.writeNumberProperty("returned", counts.extra().returned());
        json.writeNumberProperty("rounds", counts.extra().rounds());
        json.writeNumberProperty("unrecorded", counts.extra().unrecorded());
        json.writeEndObject();
        json.writeNumberProperty("outputBytes", counts.outputBytes());
        json.writeNumberProperty("seconds", verdict.took().toMillis() / 1e3);
    }

    private static void texts(JsonGenerator json, String key, List<String> texts) {
        json.writeArrayPropertyStart(key);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    /** What is in an object. */
    private interface Content {
        void write(JsonGenerator json);
    }

    private static String object(Content content) {
        var bytes = new ByteArrayOutputStream();
        try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
