package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.install.Report.Result;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Takes the agent off one host: it drains, then its service and programs go; what it keeps stays, unless it is told to go too. */
public final class AgentRemoval {
    private final Way way;
    private final Placement placement;
    private final boolean purge;
    private final Consumer<String> dismissal;
    private final Watcher watcher;

    /** The dismissal lets an agent of this name never come back. */
    public AgentRemoval(Way way, Placement placement, boolean purge, Consumer<String> dismissal, Watcher watcher) {
        this.way = way;
        this.placement = placement;
        this.purge = purge;
        this.dismissal = dismissal;
        this.watcher = watcher;
    }

    public Report remove() throws InterruptedException {
        var since = System.nanoTime();
        var service = new Service(way, "agent", placement);
        watcher.begun(way.host(), "connecting");
        var facts = service.look();
        watcher.begun(way.host(), facts.pid() > 0 ? "draining" : "removing");
        var after = service.remove(purge);
        var name = facts.text("name");
        var remarks = purge && !name.isEmpty() ? dismiss(name) : List.<String>of();
        return new Report(way.host(), after.text("nothing").isEmpty() ? Result.REMOVED : Result.ABSENT,
                name.isEmpty() ? null : name,
                null, Duration.ofNanos(System.nanoTime() - since), remarks, after.all("left"), null);
    }

    /** Its data is gone already: who comes back under the name is somebody else. */
    private List<String> dismiss(String name) {
        try {
            dismissal.accept(name);
            return List.of();
        } catch (Failure failure) {
            return failure.kind() == Failure.Kind.NOT_FOUND
                    ? List.of()
                    : List.of("the coordinator does not know yet: %s; 'ganger agent remove %s' tells it".formatted(
                            failure.sentence(), name));
        }
    }
}
