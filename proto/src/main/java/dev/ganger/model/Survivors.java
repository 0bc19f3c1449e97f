package dev.ganger.model;

import java.util.List;

/**
 * The processes of an attempt that even KILL did not end: they belong to another user, or are stuck in the kernel.
 *
 * @param count how many there were when the agent gave them up
 * @param named the first of them, at most {@link Limits#NAMED_SURVIVORS}
 */
public record Survivors(int count, List<Survivor> named) {
    public static final Survivors NONE = new Survivors(0, List.of());

    public Survivors {
        named = List.copyOf(named);
        if (named.size() > Limits.NAMED_SURVIVORS || named.size() > count) {
            throw new IllegalArgumentException("%d processes cannot be named by %d".formatted(count, named.size()));
        }
    }

    /** One of them, with the name that the kernel has for its command. */
    public record Survivor(long pid, String command) {
        public Survivor {
            Limits.name("the name of a process", command);
        }

        @Override
        public String toString() {
            return command.isEmpty() ? Long.toString(pid) : pid + " (" + command + ")";
        }
    }

    public static Survivors of(List<Survivor> all) {
        return new Survivors(all.size(), all.subList(0, Math.min(all.size(), Limits.NAMED_SURVIVORS)));
    }

    public boolean isEmpty() {
        return count == 0;
    }
}
