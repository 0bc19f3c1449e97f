package dev.ganger.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is lost, doubled or changed, by however many kills: -Dganger.kills=N of them at moments drawn from -Dganger.kills.seed, which is
 * printed. What is compared was computed here, or written down outside Ganger.
 */
final class KillsIT {
    private static final int KILLS = Integer.getInteger("ganger.kills", 6);
    private static final int TASKS_PER_KILL = 10;
    private static final int ALONE = 5;
    private static final int AT_ONCE = 6;
    private static final List<String> AGENTS = List.of("east", "west", "north");
    private static final String[] SLOTS = {"--slots", "2"};

    private final long seed = Long.getLong("ganger.kills.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    /** One job under fire, and the two clients that read it through everything. */
    private record Fire(Site site, Ledger ledger, TaskScript script, String job, Program logs, Program results,
            boolean marked) {
        /** Lines are marked where attempts can be cut short in a line. */
        static Fire open(Site site, SplittableRandom random, boolean marked) {
            var ledger = new Ledger(site.file("ledger"));
            var script = new TaskScript(site.folder(), ledger.file(), (KILLS + 1) * TASKS_PER_KILL, random);
            var arguments = new ArrayList<>(
                    List.of("submit", "--crash-limit", "0", "--each-line", script.entries().toString(), "--"));
            arguments.addAll(script.command());
            var job = site.said(arguments.toArray(String[]::new));
            var logs = new ArrayList<>(List.of("logs", "-f", job, "--stdout", "--reconnect", "10m"));
            if (marked) {
                logs.add("--prefix");
            }
            var clients = List.of(site.begin(logs.toArray(String[]::new)),
                    site.begin("results", "--follow", job, "-o", "json", "--reconnect", "10m"));
            Site.awaitThat("the clients have read something, so they will not give up",
                    () -> clients.stream().allMatch(client -> client.outFile().toFile().length() > 0));
            return new Fire(site, ledger, script, job, clients.getFirst(), clients.getLast(), marked);
        }

        /** Not many more begin to write before the next kill, so that a slow machine has no calm end. */
        void awaitTasks(int begun) {
            script.allow(begun + AT_ONCE);
            Site.awaitThat(begun + " tasks began", () -> ledger.length() >= begun);
            for (var client : List.of(logs, results)) {
                assertThat(client.isAlive() || client.exitCode() == 0).as("a client goes on; it said: %s", client.err()).isTrue();
            }
        }
    }

    /** What was recorded of a task. */
    private record Recorded(int attempt, Content.Told out, Content.Told err) {
        static Recorded of(String line) {
            var attempt = Integer.parseInt(Site.values("attempt", line).getFirst());
            var bytes = Site.values("bytes", line);
            var sums = Site.values("sha256", line);
            assertThat(Site.values("state", line)).containsExactly("succeeded");
            assertThat(Site.values("dropped", line)).containsExactly("0", "0");
            return new Recorded(attempt, new Content.Told(Long.parseLong(bytes.getFirst()), sums.getFirst()),
                    new Content.Told(Long.parseLong(bytes.getLast()), sums.getLast()));
        }

        Content.Told content(boolean ofErr) {
            return ofErr ? err : out;
        }
    }

    @Test
    void coordinatorKills() {
        try (var site = new Site()) {
            site.startCoordinator();
            AGENTS.forEach(agent -> site.startAgent(agent, SLOTS));
            var fire = Fire.open(site, random, false);
            for (var begun : moments()) {
                fire.awaitTasks(begun);
                pause(300);
                killAndStartCoordinator(site);
            }
            var recorded = recorded(fire);
            var repeats = fire.ledger.assertRepeatsOnlyAfterKills(attempts(recorded));
            assertThat(repeats).as("no agent was killed, so each task ran once").isZero();
            recorded.forEach((index, result) -> assertEarlierOnesNeverArrived(fire, index, result.attempt));
            report("coordinatorKills", fire, repeats, compare(fire, recorded));
        }
    }

    @Test
    void agentKills() {
        try (var site = new Site()) {
            site.startCoordinator();
            var agents = new ArrayList<>(AGENTS.stream().map(agent -> site.startAgent(agent, SLOTS)).toList());
            var fire = Fire.open(site, random, true);
            var number = 0;
            for (var begun : moments()) {
                fire.awaitTasks(begun);
                pause(300);
                var which = number++ % AGENTS.size();
                var agent = AGENTS.get(which);
                agents.get(which).kill();
                fire.ledger.killed(agent);
                site.verify();
                pause(300);
                agents.set(which, site.startAgent(agent, SLOTS));
            }
            var recorded = recorded(fire);
            report("agentKills", fire, fire.ledger.assertRepeatsOnlyAfterKills(attempts(recorded)), compare(fire, recorded));
        }
    }

    private static Map<Integer, Integer> attempts(Map<Integer, Recorded> recorded) {
        return recorded.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, task -> task.getValue().attempt));
    }

    /** A coordinator can die between the record that an agent shall run a task and the message to the agent. That attempt never begins. */
    private static void assertEarlierOnesNeverArrived(Fire fire, int index, int attempt) {
        if (attempt > 1) {
            var task = fire.job + "." + index;
            var said = fire.site.said("show", task, "-o", "json");
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

    /** Each task has one result; the client that followed has what is kept, each line once. */
    private static Map<Integer, Recorded> recorded(Fire fire) {
        fire.script.allow(fire.script.tasks());
        assertThat(fire.site.ganger("wait", fire.job).exitCode()).as("all succeed").isZero();
        assertThat(fire.results.exitCode()).as(fire.results.err()).isZero();
        var kept = fire.site.said("results", fire.job, "-o", "json").lines().toList();
        assertThat(fire.results.out().lines()).as("what the client has of the results").containsExactlyElementsOf(kept);
        var recorded = new HashMap<Integer, Recorded>();
        for (var line : kept) {
            var index = Integer.parseInt(Site.values("index", line).getFirst());
            assertThat(recorded.put(index, Recorded.of(line))).as("an earlier result of task %d", index).isNull();
        }
        assertThat(recorded.keySet()).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, fire.script.tasks()).boxed().toList());
        return recorded;
    }

    /** What the tasks wrote, what is recorded, what the client saw, and what is given afterwards are the same; gives how many bytes. */
    private long compare(Fire fire, Map<Integer, Recorded> recorded) {
        assertThat(fire.logs.exitCode()).as(fire.logs.err()).isZero();
        assertThat(fire.logs.err()).doesNotContain("not kept");
        var client = fire.logs.outFile();
        var bytes = compare(fire, recorded, fire.marked ? Copies.marked(fire.script, client) : Copies.of(fire.script, client),
                false);
        for (var err : List.of(false, true)) {
            var after = fire.site.ganger("logs", fire.job, err ? "--stderr" : "--stdout");
            var copies = Copies.of(fire.script, err ? after.errFile() : after.outFile());
            assertThat(copies.attempts()).extracting(Copies.Attempt::index).as("in order of task").isSorted()
                    .doesNotHaveDuplicates();
            bytes += compare(fire, recorded, copies, err);
            assertThat(copies.bytes()).as("bytes of all tasks").isEqualTo(
                    recorded.values().stream().mapToLong(result -> result.content(err).bytes()).sum());
        }
        return bytes + compareAlone(fire, recorded);
    }

    private static long compare(Fire fire, Map<Integer, Recorded> recorded, Copies copies, boolean err) {
        var bytes = 0L;
        for (var task : recorded.entrySet()) {
            var index = task.getKey();
            var attempt = task.getValue().attempt;
            var written = fire.script.content(index, attempt, err).told();
            assertThat(task.getValue().content(err)).as("the record of task %d, attempt %d", index, attempt).isEqualTo(written);
            assertThat(copies.told(index, attempt)).as("the copy of task %d, attempt %d", index, attempt).isEqualTo(written);
            bytes += written.bytes();
        }
        return bytes;
    }

    /** Some tasks, each by a call of its own. */
    private long compareAlone(Fire fire, Map<Integer, Recorded> recorded) {
        var bytes = 0L;
        var some = random.ints(1, fire.script.tasks() + 1).distinct().limit(ALONE).boxed().collect(Collectors.toSet());
        for (var task : recorded.entrySet()) {
            if (some.contains(task.getKey())) {
                var index = task.getKey();
                var result = task.getValue();
                var call = fire.site.ganger("logs", fire.job + "." + index);
                assertThat(Copies.of(fire.script, call.outFile()).told(index, result.attempt)).isEqualTo(result.out);
                assertThat(Copies.of(fire.script, call.errFile()).told(index, result.attempt)).isEqualTo(result.err);
                bytes += result.out.bytes() + result.err.bytes();
            }
        }
        return bytes;
    }

    private void report(String test, Fire fire, long repeats, long bytes) {
        System.out.printf("%s: seed %d, %d kills, %d tasks, %d repeats, %d bytes compared%n", test, seed, KILLS,
                fire.script.tasks(),
                repeats, bytes);
    }
}
