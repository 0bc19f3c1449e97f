package dev.ganger.agent.output;

import dev.ganger.agent.core.Action;
import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/** What a former life left in the spool, and which of it is whole. */
final class ReadBack {
    private final Map<AttemptId, Action.Over> kept = new LinkedHashMap<>();
    private final Map<StreamId, Long> floors = new HashMap<>();
    private final Map<StreamId, List<Extent>> extents = new HashMap<>();
    private final Set<AttemptId> stored = new HashSet<>();
    private final List<AttemptId> torn = new ArrayList<>();
    private final List<LiveStream> streams = new ArrayList<>();

    private final List<String> remarks = new ArrayList<>();

    private ReadBack() {}

    static ReadBack of(Reports reports, Segments segments) throws IOException {
        var found = new ReadBack();
        reports.readBack(found::hear, found.remarks::add);
        segments.readBack(found::hear, found.remarks::add);
        List.copyOf(found.kept.values()).forEach(found::judge);
        return found;
    }

    private void hear(Report report) {
        switch (report) {
            case Report.Keep(var over, var stdoutStored, var stderrStored) -> {
                kept.put(over.attempt(), over);
                floors.put(new StreamId(over.attempt(), StreamName.STDOUT), stdoutStored);
                floors.put(new StreamId(over.attempt(), StreamName.STDERR), stderrStored);
            }
            case Report.Stored(var attempt) -> stored.add(attempt);
            case Report.Floor(var stream, var offset) -> floors.merge(stream, offset, Math::max);
            case Report.Forget(var attempt) -> {
                kept.remove(attempt);
                stored.remove(attempt);
            }
        }
    }

    private void hear(Frame frame, Extent extent) {
        var over = kept.get(frame.stream().attempt());
        if (over != null && !stored.contains(over.attempt()) && extent.end() > floor(frame.stream())) {
            extents.computeIfAbsent(frame.stream(), _ -> new ArrayList<>()).add(extent);
        }
    }

    private long floor(StreamId stream) {
        return floors.getOrDefault(stream, 0L);
    }

    /** Its output is inside, or stored, or here to the last byte; otherwise it is as if it had not ended. */
    private void judge(Action.Over over) {
        if (over.run().isInline() || stored.contains(over.attempt())) {
            return;
        }
        var own = new ArrayList<LiveStream>();
        for (var name : StreamName.values()) {
            var output = over.run().output(name);
            var stream = new StreamId(over.attempt(), name);
            if (!output.isInline()) {
                var pieces = extents.getOrDefault(stream, List.of());
                if (!isWhole(floor(stream), output.bytes(), pieces)) {
                    kept.remove(over.attempt());
                    torn.add(over.attempt());
                    remarks.add("attempt %d of task %s is lost: not all of its %s is there".formatted(over.attempt().number(),
                            over.attempt().task(), name.name().toLowerCase(Locale.ROOT)));
                    return;
                }
                own.add(LiveStream.ofFormerLife(stream, floor(stream), output.bytes(), pieces));
            }
        }
        streams.addAll(own);
    }

    private static boolean isWhole(long from, long bytes, List<Extent> pieces) {
        var reached = from;
        for (var each : pieces.stream().sorted(Comparator.comparingLong(Extent::offset)).toList()) {
            if (each.offset() > reached) {
                return false;
            }
            reached = Math.max(reached, each.end());
        }
        return reached == bytes;
    }

    /** To be reported, in the order in which they ended. */
    List<Action.Over> kept() {
        return List.copyOf(kept.values());
    }

    /** They have a report, and not all of their output. */
    List<AttemptId> torn() {
        return List.copyOf(torn);
    }

    /** What was damaged, and where. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    void say(Path folder, Logger log) {
        remarks.forEach(remark -> log.warn("{}: {}", folder, remark));
        if (!kept.isEmpty() || !torn.isEmpty()) {
            log.info("read back from {}: {} ended attempts to report, {} streams to upload; {} attempts are lost", folder,
                    kept.size(),
                    streams.size(), torn.size());
        }
    }

    /** To be uploaded. */
    List<LiveStream> streams() {
        return List.copyOf(streams);
    }
}
