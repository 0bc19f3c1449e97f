package dev.ganger.coordinator;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.coordinator.output.OutputException;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.coordinator.store.StoreException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the disk in bounds: drops what forgotten jobs wrote, and has the oldest finished jobs forgotten while too much is kept. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;
    private static final long MILLIS_BETWEEN_SWEEPS = 20;

    private final Core core;
    private final SqliteStore store;
    private final OutputStore outputs;
    private final long retainBytes;
    private final BlockingQueue<Long> forgotten = new LinkedBlockingQueue<>();
    private final Core.Subscription subscription;
    private final Thread thread;
    private volatile boolean closing;
    private String lastFailure = "";

    /** To be made after the core was started; keeps at most so many bytes of finished jobs. */
    Housekeeping(Core core, SqliteStore store, OutputStore outputs, long retainBytes) {
        this.core = core;
        this.store = store;
        this.outputs = outputs;
        this.retainBytes = retainBytes;
        this.subscription = core.watch(new Topic.Forgotten(), this::heard);
        this.thread = Thread.ofPlatform().daemon().name("housekeeping").start(this::run);
    }

    private void heard(List<Event> events) {
        for (var event : events) {
            if (event instanceof Event.JobForgotten job) {
                forgotten.add(job.job());
            }
        }
    }

    private void run() {
        try {
            var unknown = true;
            while (!closing) {
                unknown = tryRound(unknown);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails, mostly because the disk is full, is tried again: nobody else makes room. */
    private boolean tryRound(boolean unknown) throws InterruptedException {
        try {
            if (unknown) {
                forgetUnknown();
            }
            round();
            lastFailure = "";
            return false;
        } catch (OutputException | StoreException | IllegalStateException | CompletionException failure) {
            var text = String.valueOf(failure.getMessage());
            if (!closing && !text.equals(lastFailure)) {
                LOG.warn("nothing is removed for now, which is tried again: {}", text, failure);
            }
            lastFailure = text;
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
            return true;
        }
    }

    private void round() throws InterruptedException {
        var job = forgotten.poll(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        if (job != null) {
            outputs.forget(job);
        } else {
            forgetOldestIfTooMuchIsKept();
        }
    }

    /** A crash can come between forgetting a job and dropping its output. */
    private void forgetUnknown() {
        for (var job : outputs.jobs()) {
            if (core.read(views -> views.job(job)).join() == null) {
                outputs.forget(job);
            }
        }
    }

    /** One after the other, each removed before what is left is measured. */
    private void forgetOldestIfTooMuchIsKept() throws InterruptedException {
        while (!closing && forgotten.isEmpty() && tooMuchIsKept()) {
            var oldest = core.read(Views::oldestFinished).join();
            if (oldest == null) {
                return;
            }
            LOG.info("more than {} bytes are kept: forgetting job {}, which finished first", retainBytes, oldest);
            core.execute(new Command.Forget(oldest)).join();
            outputs.forget(oldest);
            forgotten.remove(oldest);
        }
    }

    private boolean tooMuchIsKept() throws InterruptedException {
        if (retainBytes == Long.MAX_VALUE) {
            return false;
        }
        while (!closing && store.isSweeping()) {
            Thread.sleep(MILLIS_BETWEEN_SWEEPS);
        }
        return store.bytes() + outputs.keptBytes() > retainBytes;
    }

    @Override
    public void close() {
        closing = true;
        subscription.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
