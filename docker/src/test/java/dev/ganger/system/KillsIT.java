package dev.ganger.system;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is lost, doubled or changed, by however many kills: -Dganger.kills=N of them at moments drawn from -Dganger.kills.seed, which is
 * printed. What is compared was computed here, or written down outside Ganger.
 */
final class KillsIT {
    private static final int KILLS = Integer.getInteger("ganger.kills", 6);
    private static final int TASKS_PER_KILL = 10;
    private static final List<String> AGENTS = List.of("east", "west", "north");
    private static final String[] SLOTS = {"--slots", "2"};

    private final long seed = Long.getLong("ganger.kills.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void coordinatorKills() {
        try (var site = new Site()) {
            site.startCoordinator();
            AGENTS.forEach(agent -> site.startAgent(agent, SLOTS));
            var fire = Fire.open(site, (KILLS + 1) * TASKS_PER_KILL, random, false);
            for (var begun : moments()) {
                fire.awaitTasks(begun);
                pause(300);
                killAndStartCoordinator(site);
            }
            var account = fire.account();
            assertThat(account.repeats()).as("no agent was killed, so each task ran once").isZero();
            account.attempts().forEach((index, attempt) -> assertEarlierOnesNeverArrived(site, fire, index, attempt));
            report("coordinatorKills", account);
        }
    }

    @Test
    void agentKills() {
        try (var site = new Site()) {
            site.startCoordinator();
            var agents = new ArrayList<>(AGENTS.stream().map(agent -> site.startAgent(agent, SLOTS)).toList());
            var fire = Fire.open(site, (KILLS + 1) * TASKS_PER_KILL, random, true);
            var number = 0;
            for (var begun : moments()) {
                fire.awaitTasks(begun);
                pause(300);
                var which = number++ % AGENTS.size();
                var agent = AGENTS.get(which);
                agents.get(which).kill();
                fire.ledger().killed(agent);
                site.verify();
                pause(300);
                agents.set(which, site.startAgent(agent, SLOTS));
            }
            report("agentKills", fire.account());
        }
    }

    /** A coordinator can die between the record that an agent shall run a task and the message to the agent. That attempt never begins. */
    private static void assertEarlierOnesNeverArrived(Site site, Fire fire, int index, int attempt) {
        if (attempt > 1) {
            var task = fire.job() + "." + index;
            var said = site.said("show", task, "-o", "json");
            var earlier = said.substring(said.indexOf("\"attempts\""), said.indexOf("\"number\":" + attempt));
            assertThat(Site.values("startedAt", earlier)).as("when attempts of task %s before %d began", task, attempt)
                    .allMatch("null"::equals);
            System.out.println("Attempts of task " + task + " before " + attempt + " never reached an agent.");
        }
    }

    /** By how many tasks began before: spread over the job, some close together. */
    private int[] moments() {
        System.out.println("-Dganger.kills=" + KILLS + " -Dganger.kills.seed=" + seed);
        return random.ints(KILLS, 0, KILLS * TASKS_PER_KILL).sorted().toArray();
    }

    /** Each fourth time its successor is killed too, before or shortly after it serves. */
    private void killAndStartCoordinator(Site site) {
        site.coordinator().kill();
        pause(200);
        if (random.nextInt(4) == 0) {
            var early = site.beginCoordinator();
            pause(1_500);
            early.kill();
        }
        site.verify();
        site.startCoordinator();
    }

    /** Draws a moment: nothing is waited for. */
    private void pause(int millisAtMost) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(millisAtMost)));
    }

    private void report(String test, Fire.Account account) {
        System.out.printf("%s: seed %d, %d kills, %d tasks, %d repeats, %d bytes compared%n", test, seed, KILLS,
                account.attempts().size(), account.repeats(), account.bytes());
    }
}
