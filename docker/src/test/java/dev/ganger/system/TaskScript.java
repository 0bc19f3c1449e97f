package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tasks of many kinds, drawn from a seed: what each of them writes is known to the byte without running it. At its start a task writes itself
 * into the ledger.
 */
final class TaskScript {
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-";
    private static final String BASE = DIGITS.repeat(9);
    private static final int STARTS = DIGITS.length();
    /** Tasks that are let on from the beginning; all of them write something. */
    private static final int FIRST = 4;

    private static final String SHELL = """
            printf '%%s %%s %%s\\n' "$GANGER_INDEX" "$GANGER_ATTEMPT" "$GANGER_AGENT" >> '%s'
            until read -r last < '%s' && [ "$GANGER_INDEX" -le "$last" ]; do sleep 0.05; done
            exec awk -v plan="$1" -v id="t$GANGER_INDEX.$GANGER_ATTEMPT" -f '%s'
            """;
    private static final String AWK = """
            function line(number, width) {
                return id " " number " " substr(base, number %% %d + 1, width)
            }
            BEGIN {
                base = "%s"
                split(plan, part, " ")
                for (number = 1; number <= part[1]; number++) {
                    print line(number, part[3])
                    if (part[4] > 0 && number %% part[4] == 0) {
                        fflush()
                        system("sleep 0.04")
                    }
                }
                for (number = 1; number <= part[2]; number++) {
                    print line(number, part[3]) > "/dev/stderr"
                }
                fflush()
                system("sleep " part[5])
            }
            """;

    private final List<Plan> plans = new ArrayList<>();
    private final List<String> command;
    private final Path entries;
    private final Path gate;

    /** So many lines to each stream, with a pause behind each so many; it ends after so many seconds more. */
    private record Plan(int outLines, int errLines, int width, int pauseEvery, double end) {
        String entry() {
            return "%d %d %d %d %.2f".formatted(outLines, errLines, width, pauseEvery, end);
        }
    }

    TaskScript(Path folder, Path ledger, int tasks, SplittableRandom random) {
        for (var task = 1; task <= tasks; task++) {
            plans.add(task <= FIRST ? new Plan(1, 1, 90, 0, 0) : plan(random));
        }
        gate = folder.resolve("gate");
        allow(FIRST);
        entries = file(folder.resolve("entries"), String.join("\n", plans.stream().map(Plan::entry).toList()) + "\n");
        var awk = file(folder.resolve("task.awk"), AWK.formatted(STARTS, BASE));
        var shell = file(folder.resolve("task.sh"), SHELL.formatted(ledger, gate, awk));
        command = List.of("sh", shell.toString(), "{}");
    }

    private static Plan plan(SplittableRandom random) {
        var end = 0.05 + random.nextDouble(0.6);
        var kind = random.nextInt(100);
        if (kind < 30) {
            return new Plan(0, 0, 0, 0, end);
        } else if (kind < 60) {
            return new Plan(1, random.nextInt(2), 90, 0, end);
        } else if (kind < 85) {
            return new Plan(random.nextInt(100, 300), random.nextInt(20), 40, 10, 0);
        }
        var lines = random.nextInt(2_000, 10_000);
        return kind < 94 ? new Plan(lines, 0, 490, 0, 0) : new Plan(random.nextInt(5), lines, 490, 0, 0);
    }

    /** Lets tasks on up to this one: those behind it begin, and wait before they write anything. */
    void allow(int last) {
        try {
            var fresh = file(gate.resolveSibling("gate.new"), last + "\n");
            Files.move(fresh, gate, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to submit, with the entries as its lines. */
    List<String> command() {
        return command;
    }

    Path entries() {
        return entries;
    }

    int tasks() {
        return plans.size();
    }

    int lines(int index, boolean err) {
        var plan = plans.get(index - 1);
        return err ? plan.errLines : plan.outLines;
    }

    /** One line of a task's attempt, the first is 1. */
    String line(int index, int attempt, int number) {
        var start = number % STARTS;
        return "t%d.%d %d %s".formatted(index, attempt, number, BASE.substring(start, start + plans.get(index - 1).width));
    }

    /** All that an attempt writes to a stream. */
    Content content(int index, int attempt, boolean err) {
        var content = new Content();
        for (var number = 1; number <= lines(index, err); number++) {
            content.add(line(index, attempt, number));
        }
        return content;
    }

    private static Path file(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
