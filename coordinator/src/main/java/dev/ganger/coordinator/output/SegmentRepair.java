package dev.ganger.coordinator.output;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a coordinator that starts does about its segments: keeps what is whole, and says what is not. */
final class SegmentRepair implements Repair {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentRepair.class);

    private final Path folder;

    SegmentRepair(Path folder) {
        this.folder = folder;
    }

    @Override
    public void lost(SegmentFile file, long syncedBytes) {
        LOG.warn("{} has {} bytes and was synced with {}: the rest is lost", file.path(), file.length(), syncedBytes);
    }

    @Override
    public void missing(OutputIndex.Indexed segment) {
        LOG.warn(
                "segment {} is missing in {}: {} bytes of output are lost; bring the file back while the coordinator is stopped, if you have it",
                segment.segment(), folder, segment.alive());
    }

    @Override
    public void passedOver(SegmentFile file, Frame frame) {
        LOG.info("passed over {} bytes of {} in {}: what was before them was not synced, so they were not acknowledged",
                frame.length(), frame.stream(), file.path());
    }

    @Override
    public void cut(SegmentFile file, long at) throws IOException {
        LOG.warn("cut {} bytes off {} at {}: no whole frame begins there, so what follows was not synced, or is damaged",
                file.length() - at, file.path(), at);
        file.truncate(at);
    }

    @Override
    public void indexed(SegmentFile file, long frames, long from, long to) {
        LOG.info("read {} frames from {} to {} of {}, which the index did not have", frames, from, to, file.path());
    }

    @Override
    public void sync(SegmentFile file) throws IOException {
        file.sync();
    }
}
