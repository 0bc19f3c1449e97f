package dev.ganger.cli.view;

import dev.ganger.model.Argument;
import dev.ganger.model.Ending;
import dev.ganger.model.Piece;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words for states, times and endings, the same in tables, sentences and JSON. */
public final class Words {
    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final List<String> SIZE_UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

    private Words() {}

    /** An enum's name as users write it. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** RFC 3339, UTC, milliseconds. */
    static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : RFC_3339.format(instant);
    }

    /** The same to the second, for tables. */
    static @Nullable String shortTime(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** 12.3 s, 4 min 5 s, 6 h 7 min. */
    public static String length(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", seconds(duration));
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /** 512 bytes, 1.5 MiB, 1 GiB. */
    static String size(long bytes) {
        var size = (double) bytes;
        var unit = -1;
        while (size >= 1024 && unit < SIZE_UNITS.size() - 1) {
            size /= 1024;
            unit++;
        }
        return unit < 0
                ? count(bytes, "byte")
                : String.format(Locale.ROOT, size == Math.rint(size) ? "%.0f %s" : "%.1f %s", size, SIZE_UNITS.get(unit));
    }

    /** 1 task, 2 tasks. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static String reason(Ending ending) {
        return switch (ending) {
            case Ending.Exited _ -> "exit";
            case Ending.Signaled _ -> "signal";
            case Ending.TimedOut _ -> "timeout";
            case Ending.CannotStart _ -> "cannot-start";
            case Ending.Lost _ -> "lost";
            case Ending.Cancelled _ -> "cancelled";
        };
    }

    static @Nullable Integer exitCode(Ending ending) {
        return ending instanceof Ending.Exited(var code) ? code : null;
    }

    static @Nullable Integer signal(Ending ending) {
        return ending instanceof Ending.Signaled(var signal) ? signal : null;
    }

    /** How it ended, for people. */
    public static String sentence(Ending ending) {
        return switch (ending) {
            case Ending.Exited(var code) -> "exited with code " + code;
            case Ending.Signaled(var signal) -> "ended by " + Signals.name(signal);
            case Ending.TimedOut _ -> "ran longer than its timeout";
            case Ending.CannotStart(var obstacle, var text) -> or(text, switch (obstacle) {
                case NO_SUCH_PROGRAM -> "no such program";
                case NOT_EXECUTABLE -> "not executable";
                case NO_SUCH_DIRECTORY -> "no such working directory";
                case OTHER -> "could not be started";
            });
            case Ending.Lost(var text) -> or(text, "its agent was lost");
            case Ending.Cancelled(var text) -> or(text, "cancelled");
        };
    }

    private static String or(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }

    /** An argument as it was typed. */
    static String argument(Argument argument) {
        return argument.pieces().stream().map(piece -> switch (piece) {
            case Piece.Literal(var bytes) -> bytes.toString();
            case Piece.Entry _ -> "{}";
            case Piece.Index() -> "{#}";
            case Piece.Field(var name, _) -> "{." + name + "}";
        }).collect(Collectors.joining());
    }
}
