package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Audit;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Locale;

/** Tasks and states as sentences name them. */
final class Names {
    private static final int RANGES = 5;

    private Names() {}

    /** 42.7, 42.9-12 and 3 more. */
    static String tasks(Audit.OfJob job, BitSet ordinals) {
        var indices = job.origin().indices();
        var named = new ArrayList<String>();
        var tasks = 0;
        for (var first = ordinals.nextSetBit(0); first >= 0 && named.size() < RANGES;) {
            var end = ordinals.nextClearBit(first);
            tasks += end - first;
            named.add(job.origin().job() + "." + indices.indexAt(first)
                    + (end - first == 1 ? "" : "-" + indices.indexAt(end - 1)));
            first = ordinals.nextSetBit(end);
        }
        var more = ordinals.cardinality() - tasks;
        return String.join(", ", named) + (more == 0 ? "" : " and " + more + " more");
    }

    static String of(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
