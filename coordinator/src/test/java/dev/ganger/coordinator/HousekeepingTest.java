package dev.ganger.coordinator;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.TimeSource;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.output.SegmentStore;
import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Room is made by forgetting what finished first, and no more than that. */
final class HousekeepingTest {
    private static final int OUTPUT_BYTES = 1 << 20;

    @TempDir
    private Path folder;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private SqliteStore store;
    private OutputStore outputs;
    private CoreLoop core;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder);
        outputs = SegmentStore.open(folder.resolve("output"), SqliteOutputIndex.open(folder.resolve("output")), failure::set);
        core = new CoreLoop(Settings.DEFAULT, store, store, store, TimeSource.system(), failure::set);
        core.start();
    }

    @AfterEach
    void close() {
        core.close();
        outputs.close();
        store.close();
        assertThat(failure.get()).isNull();
    }

    /** A finished job that wrote a MiB. */
    private void finishedJob(long id) {
        var spec = JobSpec.of(List.of(Argument.literal(Bytes.utf8("true"))));
        core.execute(new Command.Submit(new UUID(1, id), "me", "", Bytes.EMPTY, spec, Indices.of(1, 1), false, null)).join();
        outputs.append(new StreamId(new AttemptId(id, 1, 1), StreamName.STDOUT), Limits.OUTPUT_BYTES, 0,
                ByteBuffer.allocate(OUTPUT_BYTES));
        core.execute(new Command.Cancel(id, null, "")).join();
    }

    private List<Long> jobs() {
        return core.read((Views views) -> views.jobs(0, 100).stream().map(job -> job.id()).toList()).join();
    }

    @Test
    void theJobsThatFinishedFirstAreForgottenUntilTheRestHasRoom() {
        for (var id = 1; id <= 8; id++) {
            finishedJob(id);
        }
        try (var _ = new Housekeeping(core, store, outputs, store.bytes() + 3L * OUTPUT_BYTES + OUTPUT_BYTES / 2)) {
            await().until(() -> jobs().size() <= 3 && outputs.jobs().size() <= 3);
        }
        assertThat(jobs()).containsExactly(6L, 7L, 8L);
        assertThat(outputs.jobs()).containsExactlyInAnyOrder(6L, 7L, 8L);
    }

    @Test
    void whatAForgottenJobWroteIsDroppedAlsoAfterACrashInBetween() {
        finishedJob(1);
        finishedJob(2);
        core.execute(new Command.Forget(1)).join();
        try (var _ = new Housekeeping(core, store, outputs, Long.MAX_VALUE)) {
            await().until(() -> outputs.jobs().equals(Set.of(2L)));
            core.execute(new Command.Forget(2)).join();
            await().until(() -> outputs.jobs().isEmpty());
        }
    }
}
