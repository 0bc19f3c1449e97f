package dev.ganger.cli.view;

import dev.ganger.model.Argument;
import dev.ganger.model.Backoff;
import dev.ganger.model.CodeRange;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How it is shown how the tasks of a job are run. */
final class Specs {
    private Specs() {}

    static void write(Json json, JobSpec spec) {
        json.texts("command", spec.command().arguments().stream().map(Words::argument).toList())
                .object("environment", inner -> environment(spec).forEach(inner::text))
                .text("cwd", Jobs.known(spec.command().directory().toString()))
                .number("inputBytes", spec.command().input().size())
                .number("priority", spec.order().priority())
                .number("maxRunning", spec.order().maxRunning() == 0 ? null : (Number) spec.order().maxRunning())
                .text("agent", Jobs.known(spec.order().agent()));
        writeFailure(json, spec.failure());
        json.number("timeoutSeconds", seconds(spec.limits().timeout()))
                .number("graceSeconds", seconds(spec.limits().grace()))
                .number("outputLimitBytes", spec.limits().output() == Limits.ALL_OUTPUT ? null : spec.limits().output());
    }

    private static void writeFailure(Json json, FailurePolicy failure) {
        var backoff = failure.backoff();
        json.number("retries", failure.retries())
                .text("retryOn", Jobs.known(codes(failure)))
                .number("backoffMinSeconds", backoff == null ? null : seconds(backoff.min()))
                .number("backoffMaxSeconds", backoff == null ? null : seconds(backoff.max()))
                .number("maxFailures", failure.maxFailures())
                .number("crashLimit", failure.crashLimit() == 0 ? null : (Number) failure.crashLimit());
    }

    private static String codes(FailurePolicy failure) {
        return failure.retryOn().stream().map(CodeRange::toString).collect(Collectors.joining(","));
    }

    private static Map<String, String> environment(JobSpec spec) {
        var last = new LinkedHashMap<String, String>();
        spec.command().environment().forEach(variable -> last.put(variable.name().toString(), variable.value().toString()));
        return last;
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : Words.seconds(duration);
    }

    static void describe(Fields fields, JobSpec spec) {
        fields.add("command", String.join(" ", spec.command().arguments().stream().map(Specs::quoted).toList()));
        for (EnvironmentVariable variable : spec.command().environment()) {
            fields.add("environment", variable.name() + "=" + variable.value());
        }
        fields.add("cwd", spec.command().directory())
                .add("input", spec.command().input().isEmpty() ? null : Words.size(spec.command().input().size()))
                .add("priority", spec.order().priority())
                .add("max running", spec.order().maxRunning() == 0 ? null : spec.order().maxRunning())
                .add("only on agent", spec.order().agent());
        describe(fields, spec.failure());
        fields.add("timeout", spec.limits().timeout() == null ? null : Words.length(spec.limits().timeout()))
                .add("grace", Words.length(spec.limits().grace()))
                .add("output limit", spec.limits().output() == Limits.ALL_OUTPUT
                        ? "none"
                        : Words.size(spec.limits().output()) + " a stream");
    }

    private static void describe(Fields fields, FailurePolicy failure) {
        fields.add("retries", failure.retries())
                .add("retry on", failure.retryOn().isEmpty() ? null : "exit codes " + codes(failure))
                .add("back-off", backoff(failure.backoff()))
                .add("max failures", failure.maxFailures())
                .add("crash limit", failure.crashLimit() == 0 ? "none" : failure.crashLimit());
    }

    private static @Nullable String backoff(@Nullable Backoff backoff) {
        return backoff == null ? null : Words.length(backoff.min()) + ", doubled up to " + Words.length(backoff.max());
    }

    private static String quoted(Argument argument) {
        var text = Words.argument(argument);
        return text.matches("[\\w@%+=:,./{}#-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
