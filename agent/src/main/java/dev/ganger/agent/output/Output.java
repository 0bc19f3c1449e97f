package dev.ganger.agent.output;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Input;
import dev.ganger.model.AttemptId;
import dev.ganger.model.JobSpec;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The agent's side of the data plane: what tasks write goes through here to the coordinator, and stays here until it is stored there. */
public final class Output implements AutoCloseable {
    private static final long FAREWELL_SECONDS = 2;
    /** How often the disk is looked at although there is nothing to keep. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Spool spool;
    private final Nursery nursery;
    private final Uploader uploader;
    private final ManagedChannel channel;
    private final Bell upkeep = new Bell();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread sending;
    private final Thread keeping;

    /**
     * Reads back what a former life left.
     *
     * @param limit   bytes in the folder, at most
     * @param inputs  is given OutputStored of kept attempts, and SpoolFilled, from any thread
     * @param reading is told, from any thread, whether output of tasks can be taken; it must not block
     */
    public static Output open(Path folder, long limit, ManagedChannel channel, Consumer<Input> inputs, Consumer<Boolean> reading)
            throws IOException {
        return open(folder, limit, Disk::ofThisMachine, channel, inputs, reading);
    }

    static Output open(Path folder, long limit, Disk disk, ManagedChannel channel, Consumer<Input> inputs,
            Consumer<Boolean> reading) throws IOException {
        var output = new Output(folder, limit, disk, channel, inputs, reading);
        output.sending.start();
        output.keeping.start();
        return output;
    }

    private Output(Path folder, long limit, Disk disk, ManagedChannel channel, Consumer<Input> inputs, Consumer<Boolean> reading)
            throws IOException {
        var uploading = new Bell();
        this.spool = new Spool(folder, limit, disk, inputs, reading, new Spool.Bells(uploading, upkeep));
        this.nursery = new Nursery(uploading);
        this.uploader = new Uploader(spool, nursery, channel, uploading);
        this.channel = channel;
        this.sending = Thread.ofPlatform().name("ganger-upload").daemon().unstarted(uploader);
        this.keeping = Thread.ofPlatform().name("ganger-spool").daemon().unstarted(this::keepUp);
    }

    /** What a former life kept, once: to be reported. */
    public List<Action.Over> takeKept() {
        return spool.takeKept();
    }

    /** From any thread: what this side shows of itself has changed, so that the next upload begins with a new connection. */
    public void introduceAnew() {
        channel.enterIdle();
    }

    /** From any thread: the connection may be dead with nobody having said so; what is not stored is sent on a new one. */
    public void connectAnew() {
        channel.enterIdle();
        uploader.connectAnew();
    }

    /** Takes what an attempt writes. */
    public TaskOutput of(AttemptId attempt, JobSpec spec) {
        return new TaskOutput(collector(attempt, StreamName.STDOUT, spec), collector(attempt, StreamName.STDERR, spec),
                spec.failure().retries() > 0);
    }

    private StreamCollector collector(AttemptId attempt, StreamName name, JobSpec spec) {
        return new StreamCollector(new StreamId(attempt, name), spec.limits().output(), spool, nursery);
    }

    /** Keeps what became of attempts, and forgets others, in this order. */
    public void record(List<Action.Over> keeps, List<AttemptId> forgets) {
        spool.record(keeps, forgets);
    }

    /** Whenever something is to be done, a second later, so that much is done at once; and now and then. */
    private void keepUp() {
        try {
            while (closed.getCount() > 0) {
                upkeep.await(LOOK_NANOS);
                var _ = closed.await(Spool.UPKEEP_NANOS, TimeUnit.NANOSECONDS);
                spool.upkeep();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is not stored by then, or not recorded, stays for a later life. */
    @Override
    public void close() {
        closed.countDown();
        uploader.close();
        upkeep.ring();
        try {
            sending.join(TimeUnit.SECONDS.toMillis(FAREWELL_SECONDS));
            keeping.join(TimeUnit.SECONDS.toMillis(FAREWELL_SECONDS));
            channel.shutdown();
            if (!channel.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
            spool.close();
        } catch (InterruptedException interrupted) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LoggerFactory.getLogger(Output.class).warn("the spool could not be closed: {}", failure.getMessage());
        }
    }
}
