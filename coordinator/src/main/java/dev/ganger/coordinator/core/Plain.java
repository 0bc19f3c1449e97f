package dev.ganger.coordinator.core;

import dev.ganger.model.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers, times and endings as they stand in sentences. */
public final class Plain {
    /** Names in one sentence, at most. */
    private static final int NAMED = 5;

    private Plain() {}

    /** 1 task, 2 tasks. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** To the second. */
    public static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** 1.5 s, 4 min 5 s, 6 h 7 min. */
    public static String length(Duration length) {
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            return length.toMillis() % 1_000 == 0
                    ? length.toSeconds() + " s"
                    : String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1e3);
        }
        return length.compareTo(Duration.ofHours(1)) < 0
                ? length.toMinutes() + " min " + length.toSecondsPart() + " s"
                : length.toHours() + " h " + length.toMinutesPart() + " min";
    }

    /** vm-1, vm-2 and 3 more. */
    static String names(List<String> names) {
        var named = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? named + " and " + (names.size() - NAMED) + " more" : named;
    }

    /** Said of an attempt or of tasks, in the past. */
    public static String ending(Ending ending, @Nullable Duration timeout) {
        return switch (ending) {
            case Ending.Exited(var code) -> "exited with code " + code;
            case Ending.Signaled(var signal) -> "was ended by signal " + signal;
            case Ending.TimedOut() ->
                "ran longer than " + (timeout == null ? "its timeout" : "its timeout of " + length(timeout)) + " and was ended";
            case Ending.CannotStart(var obstacle, var text) -> "could not be started: " + (text.isBlank() ? switch (obstacle) {
                case NO_SUCH_PROGRAM -> "there is no such program";
                case NOT_EXECUTABLE -> "the program cannot be executed";
                case NO_SUCH_DIRECTORY -> "there is no such working directory";
                case OTHER -> "the agent could not";
            } : text);
            case Ending.Lost(var text) -> "was lost with its agent" + because(text);
            case Ending.Cancelled(var text) -> "was cancelled" + because(text);
        };
    }

    /** Why an agent gets one task now and then. */
    static String quarantine(Event.AgentQuarantined quarantine, boolean alone) {
        var tries = quarantine.times() - 1;
        return "%s that failed here succeeded elsewhere: %s; since %s%s; %s".formatted(
                count(quarantine.evidence().size(), "task"),
                names(quarantine.evidence().stream().map(Evidence::toString).toList()),
                time(quarantine.since()), tries == 0 ? "" : ", and %d %s failed".formatted(tries, tries == 1 ? "try" : "tries"),
                alone
                        ? "no other agent takes tasks, so that it is tried again and again"
                        : "the next try is at " + time(quarantine.pause().until()));
    }

    public static String because(String reason) {
        return reason.isBlank() ? "" : " (" + reason + ")";
    }
}
