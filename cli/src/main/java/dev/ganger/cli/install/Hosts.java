package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same on many hosts, a bounded number at once; what fails on one stops no other. */
public final class Hosts {
    private final int parallel;
    private final Watcher watcher;
    private volatile boolean ended;

    public Hosts(int parallel, Watcher watcher) {
        this.parallel = parallel;
        this.watcher = watcher;
    }

    /** What is done on one. */
    @FunctionalInterface
    public interface Work {
        Report on(Way way) throws InterruptedException;
    }

    /** Waits until all is done. The ways are closed. */
    public List<Report> each(List<? extends Way> ways, Work work, EndSwitch endSwitch) throws InterruptedException {
        var doing = new CopyOnWriteArrayList<Future<Report>>();
        try (var threads = Executors.newFixedThreadPool(parallel, Thread.ofPlatform().daemon().name("host-", 1).factory())) {
            endSwitch.connect(() -> {
                ended = true;
                doing.forEach(one -> one.cancel(true));
            });
            ways.forEach(way -> doing.add(threads.submit(() -> report(way, work))));
            if (ended) {
                doing.forEach(one -> one.cancel(true));
            }
            var reports = new ArrayList<Report>();
            for (var one : doing) {
                reports.add(one.get());
            }
            return reports;
        } catch (ExecutionException | CancellationException problem) {
            if (ended) {
                throw new InterruptedException();
            }
            throw new AssertionError(problem);
        }
    }

    /** Connects somebody's wish to end with what ends it. */
    @FunctionalInterface
    public interface EndSwitch {
        void connect(Runnable end);
    }

    private Report report(Way way, Work work) throws InterruptedException {
        var since = System.nanoTime();
        try (way) {
            Report report;
            try {
                report = work.on(way);
            } catch (Failure failure) {
                if (ended) {
                    throw new InterruptedException();
                }
                report = Report.failed(way.host(), Duration.ofNanos(System.nanoTime() - since), failure.sentence());
            }
            watcher.ended(report);
            return report;
        }
    }
}
