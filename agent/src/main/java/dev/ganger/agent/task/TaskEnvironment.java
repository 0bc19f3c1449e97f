package dev.ganger.agent.task;

import dev.ganger.agent.core.Assignment;
import dev.ganger.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment of a task: PATH, HOME, LANG and TZ of the agent, what says which task it is, and what the job gave it. Nothing else
 * leaks in; what the job gives wins, except over the names that begin with GANGER_.
 */
final class TaskEnvironment {
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TZ");
    private static final Bytes DEFAULT_PATH = Bytes.utf8("/usr/local/bin:/usr/bin:/bin");

    private final Map<Bytes, Bytes> inherited = new LinkedHashMap<>();
    private final Bytes agent;

    TaskEnvironment(String agent, Map<Bytes, Bytes> ofAgent) {
        this.agent = Bytes.utf8(agent);
        inherited.put(Bytes.utf8("PATH"), DEFAULT_PATH);
        ofAgent.forEach((name, value) -> {
            if (INHERITED.contains(name.toString())) {
                inherited.put(name, value);
            }
        });
    }

    /** This process's own environment, as bytes: a JVM would mangle what is not in its charset. */
    static Map<Bytes, Bytes> ofThisProcess() {
        var variables = new LinkedHashMap<Bytes, Bytes>();
        var raw = readOwn();
        var from = 0;
        for (var at = 0; at < raw.length; at++) {
            if (raw[at] == 0) {
                addVariable(variables, raw, from, at);
                from = at + 1;
            }
        }
        return variables;
    }

    private static byte[] readOwn() {
        try {
            return Files.readAllBytes(Path.of("/proc/self/environ"));
        } catch (IOException notThere) {
            throw new UncheckedIOException("cannot read /proc/self/environ: is /proc mounted?", notThere);
        }
    }

    private static void addVariable(Map<Bytes, Bytes> variables, byte[] raw, int from, int to) {
        for (var at = from; at < to; at++) {
            if (raw[at] == '=') {
                variables.put(Bytes.of(Arrays.copyOfRange(raw, from, at)),
                        Bytes.of(Arrays.copyOfRange(raw, at + 1, to)));
                return;
            }
        }
    }

    /** Each as NAME=value. */
    List<Bytes> of(Assignment assignment) {
        var variables = new LinkedHashMap<>(inherited);
        assignment.spec().command().environment().forEach(variable -> variables.put(variable.name(), variable.value()));
        var attempt = assignment.attempt();
        put(variables, "GANGER_JOB", Bytes.utf8(Long.toString(attempt.job())));
        put(variables, "GANGER_TASK", mark(assignment));
        put(variables, "GANGER_INDEX", Bytes.utf8(Long.toString(attempt.index())));
        put(variables, "GANGER_ATTEMPT", Bytes.utf8(Integer.toString(attempt.number())));
        put(variables, "GANGER_AGENT", agent);
        put(variables, "GANGER_ENTRY", entry(assignment));
        return variables.entrySet().stream().map(each -> join(each.getKey(), each.getValue())).toList();
    }

    /** The one that is the same for all tasks of this agent. */
    Bytes ofEveryTask() {
        return join(Bytes.utf8("GANGER_AGENT"), agent);
    }

    static Bytes mark(Assignment assignment) {
        return Bytes.utf8(assignment.attempt().task().toString());
    }

    /** The entry of a task; its index in a job without entries. */
    static Bytes entry(Assignment assignment) {
        var entry = assignment.entry();
        return entry == null ? Bytes.utf8(Long.toString(assignment.attempt().index())) : entry;
    }

    private static void put(Map<Bytes, Bytes> variables, String name, Bytes value) {
        variables.put(Bytes.utf8(name), value);
    }

    private static Bytes join(Bytes name, Bytes value) {
        var joined = new ByteArrayOutputStream(name.size() + 1 + value.size());
        joined.writeBytes(name.toByteArray());
        joined.writeBytes("=".getBytes(StandardCharsets.US_ASCII));
        joined.writeBytes(value.toByteArray());
        return Bytes.wrap(joined.toByteArray());
    }
}
