package dev.ganger.agent.exec;

import dev.ganger.model.Ending;
import dev.ganger.model.Survivors;
import java.time.Duration;

/**
 * How a child ended, and what was left of its tree.
 *
 * @param ending      {@code Exited} or {@code Signaled}
 * @param cpuUser     with the descendants that were waited for
 * @param cpuSystem   the same in the kernel
 * @param maxRssBytes the largest resident set; 0 is unknown: the kernel starts counting at the size of this JVM, so nothing smaller is seen
 * @param strays      processes that were left after the child had ended by itself, and that had to be ended
 * @param notEnded    processes that even KILL did not end in time (stuck in the kernel, or of another user); normally none. If the
 *                    child itself is one of them, the ending is the signal that was sent
 */
public record Exit(
        Ending ending,
        Duration cpuUser,
        Duration cpuSystem,
        long maxRssBytes,
        int strays,
        Survivors notEnded) {}
