package dev.ganger.agent.output;

import dev.ganger.agent.core.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when the spool is so full that nothing more should be begun, and when nothing more can be read. */
final class Gauge {
    private static final Logger LOG = LoggerFactory.getLogger(Gauge.class);
    private static final double SCARCE = 0.8;
    private static final double PLENTY = 0.7;
    private static final double TIGHT = 0.25;
    /** What is still so is said again after so long. */
    private static final long SAID_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** With less on its disk an agent begins nothing: what a task needs besides its spool is there too. */
    private static final long DISK_BYTES = 64L << 20;
    private static final long DISK_PART = 20;

    private final Path folder;
    private final long limit;
    private final Consumer<Input> inputs;
    private final Consumer<Boolean> reading;
    private boolean diskLow;
    private boolean scarce;
    private boolean full;
    private long saidAt = System.nanoTime() - SAID_NANOS;

    Gauge(Path folder, long limit, Consumer<Input> inputs, Consumer<Boolean> reading) {
        this.folder = folder;
        this.limit = limit;
        this.inputs = inputs;
        this.reading = reading;
    }

    boolean hasRoom(long used, long more) {
        return used + more <= limit;
    }

    boolean isTight(long used) {
        return used > limit * TIGHT;
    }

    /** Looks how much room the disk itself has, whoever fills it. */
    void look() throws IOException {
        var disk = Files.getFileStore(folder);
        var least = Math.min(DISK_BYTES, disk.getTotalSpace() / DISK_PART);
        var free = disk.getUsableSpace();
        if (diskLow != free < least) {
            diskLow = !diskLow;
            if (diskLow) {
                LOG.warn("{} MB are free on the disk of {}: no task is taken until there are {}; make room", free >> 20, folder,
                        least >> 20);
            } else {
                LOG.info("{} MB are free on the disk of {}: tasks are taken again", free >> 20, folder);
            }
        }
    }

    /** Stuck: something could not be written. */
    void judge(long used, boolean failing, boolean stuck) {
        if (scarce != (failing || diskLow || used > limit * (scarce ? PLENTY : SCARCE))) {
            scarce = !scarce;
            inputs.accept(new Input.SpoolFilled(scarce));
        }
        if (full != (failing || stuck)) {
            full = !full;
            reading.accept(!full);
            sayFull(failing);
        }
    }

    private void sayFull(boolean failing) {
        if (full && !failing && System.nanoTime() - saidAt >= SAID_NANOS) {
            saidAt = System.nanoTime();
            LOG.warn(
                    "the spool in {} is full, its limit is {} bytes: tasks wait in their writes until the coordinator has stored more; "
                            + "--spool-limit gives it more room",
                    folder, limit);
        }
    }
}
