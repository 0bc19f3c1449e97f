package dev.ganger.coordinator.output;

import java.util.LinkedHashMap;

/** Closes the files that were not read for longest, so that a large store needs few descriptors. */
final class RecentFiles {
    private final LinkedHashMap<SegmentName, SegmentFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;

    RecentFiles(int most) {
        this.most = most;
    }

    synchronized void used(SegmentFile file) {
        if (open.put(file.name(), file) == null && open.size() > most) {
            var eldest = open.pollFirstEntry();
            eldest.getValue().close();
        }
    }
}
