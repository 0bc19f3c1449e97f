package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.install.Report.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** Puts an agent on one host and waits until its coordinator has met it; what is there already is not done again. */
public final class AgentInstall {
    private static final Duration ARRIVAL = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LOOKS_BETWEEN_STATES = 10;

    private final Way way;
    private final Placement placement;
    private final Archive archive;
    private final Reception reception;
    private final Watcher watcher;
    private final Service service;

    public AgentInstall(Way way, Placement placement, Archive archive, Reception reception, Watcher watcher) {
        this.way = way;
        this.placement = placement;
        this.archive = archive;
        this.reception = reception;
        this.watcher = watcher;
        this.service = new Service(way, "agent", placement);
    }

    /** Throws a Failure if it cannot be done. */
    public Report install() throws InterruptedException {
        var since = System.nanoTime();
        begin("connecting");
        var facts = service.look();
        var obstacle = Obstacles.of(facts, archive, !placement.user().isEmpty());
        if (obstacle != null) {
            throw new Failure(Kind.FAILED, obstacle);
        }
        var name = nameBy(facts);
        var result = install(facts, name);
        var took = Duration.ofNanos(System.nanoTime() - since);
        return new Report(way.host(), result, name, archive.version(), took,
                result == Result.UNCHANGED ? List.of() : remarks(facts),
                List.of(), null);
    }

    private String nameBy(Facts facts) {
        if (!placement.name().isEmpty()) {
            return placement.name();
        }
        return facts.text("name").isEmpty() ? facts.text("host") : facts.text("name");
    }

    private Result install(Facts before, String name) throws InterruptedException {
        var isCurrent = before.text("version").equals(archive.version());
        if (isCurrent && !placement.insist() && before.pid() > 0 && hasMet(name, before)) {
            return Result.UNCHANGED;
        }
        if (!isCurrent) {
            begin("copying");
            service.unpack(archive);
        }
        begin(before.pid() > 0 ? "draining the old one" : "starting");
        var isNew = before.text("version").isEmpty();
        var token = isNew || !reception.knows(name) ? Objects.requireNonNullElse(reception.admit(name), "") : "";
        awaitArrival(name, service.start(archive.version(), name, token));
        if (isNew) {
            return Result.INSTALLED;
        }
        return isCurrent ? Result.RESTARTED : Result.UPGRADED;
    }

    /** The coordinator says so, or the host says why not. */
    private void awaitArrival(String name, Facts started) throws InterruptedException {
        begin("waiting for it to join");
        var deadline = System.nanoTime() + ARRIVAL.toNanos();
        var state = started;
        for (var looks = 1; !hasMet(name, state); looks++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            state = looks % LOOKS_BETWEEN_STATES == 0 ? service.state() : state;
            if (state.pid() == 0) {
                throw new Failure(Kind.FAILED, "the agent ended again" + lastWords(service.state()));
            }
            if (System.nanoTime() > deadline) {
                throw new Failure(Kind.FAILED, "the agent runs, and its coordinator has not met it within %d s%s"
                        .formatted(ARRIVAL.toSeconds(), lastWords(service.state())));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean hasMet(String name, Facts state) {
        return switch (reception.meeting(name, state.pid())) {
            case MET -> true;
            case AWAITED -> false;
            case KNOWN_THERE -> state.truth("met");
        };
    }

    private static String lastWords(Facts state) {
        var log = state.all("log");
        return log.isEmpty() ? "" : "; its log ends: " + log.getLast();
    }

    private List<String> remarks(Facts facts) {
        var remarks = new ArrayList<String>();
        if (!facts.truth("root")) {
            remarks.add("it runs as %s and does not start by itself after a reboot%s".formatted(facts.text("user"),
                    facts.truth("sudo") ? "; --sudo installs it for the machine" : ""));
        } else if (!facts.truth("systemd")) {
            remarks.add("there is no systemd: it does not start by itself after a reboot; %s/ganger-agent start does it"
                    .formatted(facts.text("prefix")));
        }
        return remarks;
    }

    private void begin(String step) {
        watcher.begun(way.host(), step);
    }
}
