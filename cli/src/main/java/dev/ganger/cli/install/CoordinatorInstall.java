package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.install.Report.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the coordinator a service of this machine, and whoever asks for it its first admin. */
public final class CoordinatorInstall {
    private static final String ROLE = "coordinator";

    private final Way way;
    private final Placement placement;
    private final Archive archive;
    private final String caller;
    private final Watcher watcher;
    private final Service service;

    /** The caller is who shall be admin. */
    public CoordinatorInstall(Way way, Placement placement, Archive archive, String caller, Watcher watcher) {
        this.way = way;
        this.placement = placement;
        this.archive = archive;
        this.caller = caller;
        this.watcher = watcher;
        this.service = new Service(way, ROLE, placement);
    }

    /** Throws a Failure if it cannot be done. */
    public Report install() throws InterruptedException {
        var since = System.nanoTime();
        var facts = service.look();
        var obstacle = Obstacles.of(facts, archive, !placement.user().isEmpty());
        if (obstacle != null) {
            throw new Failure(Kind.FAILED, obstacle);
        }
        var remarks = new ArrayList<String>();
        var result = install(facts, remarks);
        return new Report(way.host(), result, ROLE, archive.version(), Duration.ofNanos(System.nanoTime() - since), remarks,
                List.of(), null);
    }

    private Result install(Facts before, List<String> remarks) throws InterruptedException {
        var isCurrent = before.text("version").equals(archive.version());
        if (isCurrent && !placement.insist() && before.pid() > 0) {
            return Result.UNCHANGED;
        }
        if (!isCurrent) {
            watcher.begun(way.host(), "copying");
            service.unpack(archive);
        }
        watcher.begun(way.host(), "starting");
        var started = service.start(archive.version(), "", "");
        if (!started.text("address").isEmpty()) {
            remarks.add("it listens on " + started.text("address"));
        }
        if (!before.truth("root")) {
            remarks.add("it runs as %s and does not start by itself after a reboot".formatted(started.text("user")));
        } else if (!before.truth("systemd")) {
            remarks.add("there is no systemd: it does not start by itself after a reboot; %s/ganger-coordinator start does it"
                    .formatted(before.text("prefix")));
        }
        var isNew = before.text("version").isEmpty();
        if (isNew && !started.text("user").equals(caller)) {
            remarks.add(admit(started.text("user")));
        }
        if (isNew) {
            return Result.INSTALLED;
        }
        return isCurrent ? Result.RESTARTED : Result.UPGRADED;
    }

    /** Whoever runs the service may let others in; that is not who asked for it. */
    private String admit(String owner) throws InterruptedException {
        watcher.begun(way.host(), "letting " + caller + " in");
        return service.admit(caller).isGood()
                ? caller + " is its admin from here: 'ganger status'"
                : "next, let the first admin in: 'sudo -u %s ganger token create user %s --role admin' prints what 'ganger login' takes"
                        .formatted(owner, caller);
    }
}
