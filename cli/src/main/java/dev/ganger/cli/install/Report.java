package dev.ganger.cli.install;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of it on one host.
 *
 * @param service the agent's name, or "coordinator"; null if it is not known
 * @param version what is installed now; null if nothing is, or it is not known
 * @param remarks what the user should know besides
 * @param left    files and folders that were left on purpose
 * @param problem what went wrong, in a sentence; null if nothing did
 */
public record Report(
        String host,
        Result result,
        @Nullable String service,
        @Nullable String version,
        Duration took,
        List<String> remarks,
        List<String> left,
        @Nullable String problem) {
    public Report {
        remarks = List.copyOf(remarks);
        left = List.copyOf(left);
    }

    /** How it ended. */
    public enum Result {
        INSTALLED, UPGRADED, RESTARTED, UNCHANGED, REMOVED, ABSENT, FAILED
    }

    static Report failed(String host, Duration took, String problem) {
        return new Report(host, Result.FAILED, null, null, took, List.of(), List.of(), problem);
    }

    public boolean isGood() {
        return result != Result.FAILED;
    }
}
