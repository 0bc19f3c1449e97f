package dev.ganger.cli.install;

import dev.ganger.cli.install.Report.Result;
import java.time.Duration;
import java.util.List;

/** Takes the coordinator off this machine; its queues stay, unless they are to go too. */
public final class CoordinatorRemoval {
    private final Way way;
    private final Placement placement;
    private final boolean purge;

    public CoordinatorRemoval(Way way, Placement placement, boolean purge) {
        this.way = way;
        this.placement = placement;
        this.purge = purge;
    }

    /** Throws a Failure if it cannot be done. */
    public Report remove() throws InterruptedException {
        var since = System.nanoTime();
        var after = new Service(way, "coordinator", placement).remove(purge);
        return new Report(way.host(), after.text("nothing").isEmpty() ? Result.REMOVED : Result.ABSENT, "coordinator", null,
                Duration.ofNanos(System.nanoTime() - since), List.of(), after.all("left"), null);
    }
}
