package dev.ganger.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One job under fire, and the two clients that read it through everything. In the end everything is accounted for: what is compared was
 * computed here, or written down outside Ganger.
 */
final class Fire {
    private static final int ALONE = 5;
    private static final int AT_ONCE = 6;

    private final Site site;
    private final Ledger ledger;
    private final TaskScript script;
    private final String job;
    private final List<Program> logs = new ArrayList<>();
    private final Program results;
    private final SplittableRandom random;
    private final boolean marked;

    /**
     * What came of it.
     *
     * @param attempts the attempt of each task that is recorded
     * @param repeats  how often a task began again
     * @param bytes    that were compared
     */
    record Account(Map<Integer, Integer> attempts, long repeats, long bytes) {}

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

    private Fire(Site site, int tasks, SplittableRandom random, boolean marked, Place readers) {
        this.site = site;
        this.random = random;
        this.marked = marked;
        ledger = new Ledger(site.file("ledger"));
        script = new TaskScript(site.folder(), ledger.file(), tasks, random);
        job = submit();
        logs.add(site.begin(readers, follow()));
        results = site.begin(readers, "results", "--follow", job, "-o", "json", "--reconnect", "10m");
    }

    /** Lines are marked where attempts can be cut short in a line. */
    static Fire open(Site site, int tasks, SplittableRandom random, boolean marked) {
        return open(site, tasks, random, marked, site.place());
    }

    /** Its clients read from another place. */
    static Fire open(Site site, int tasks, SplittableRandom random, boolean marked, Place readers) {
        var fire = new Fire(site, tasks, random, marked, readers);
        Site.awaitThat("the clients have read something, so they will not give up",
                () -> fire.clients().stream().allMatch(client -> client.outFile().toFile().length() > 0));
        return fire;
    }

    private String submit() {
        var arguments = new ArrayList<>(
                List.of("submit", "--crash-limit", "0", "--each-line", script.entries().toString(), "--"));
        arguments.addAll(script.command());
        return site.said(arguments.toArray(String[]::new));
    }

    private String[] follow() {
        var arguments = new ArrayList<>(List.of("logs", "-f", job, "--stdout", "--reconnect", "10m"));
        if (marked) {
            arguments.add("--prefix");
        }
        return arguments.toArray(String[]::new);
    }

    private List<Program> clients() {
        return Stream.concat(logs.stream(), Stream.of(results)).toList();
    }

    /** One more that follows what tasks write, and has something of it. */
    void readFrom(Place place) {
        var reader = site.begin(place, follow());
        logs.add(reader);
        Site.awaitThat("it reads", () -> reader.outFile().toFile().length() > 0);
    }

    String job() {
        return job;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Not many more begin to write before the next fault, so that a slow machine has no calm end. */
    void awaitTasks(int begun) {
        script.allow(begun + AT_ONCE);
        Site.awaitThat(begun + " tasks began", () -> ledger.length() >= begun);
        for (var client : clients()) {
            assertThat(client.isAlive() || client.exitCode() == 0).as("a client goes on; it said: %s", client.err()).isTrue();
        }
    }

    /** To be asked once: lets all tasks on, waits for the end, and compares everything with everything. */
    Account account() {
        var recorded = recorded();
        var attempts = recorded.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, task -> task.getValue().attempt));
        var account = new Account(attempts, ledger.assertRepeatsOnlyAfterKills(attempts), compare(recorded));
        site.assertAccountedFor();
        return account;
    }

    /** Each task has one result; the client that followed has what is kept, each line once. */
    private Map<Integer, Recorded> recorded() {
        script.allow(script.tasks());
        assertThat(site.ganger("wait", job).exitCode()).as("all succeed").isZero();
        assertThat(results.exitCode()).as(results.err()).isZero();
        var kept = site.said("results", job, "-o", "json").lines().toList();
        assertThat(results.out().lines()).as("what the client has of the results").containsExactlyElementsOf(kept);
        var recorded = new HashMap<Integer, Recorded>();
        for (var line : kept) {
            var index = Integer.parseInt(Site.values("index", line).getFirst());
            assertThat(recorded.put(index, Recorded.of(line))).as("an earlier result of task %d", index).isNull();
        }
        assertThat(recorded.keySet()).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, script.tasks()).boxed().toList());
        return recorded;
    }

    /** What the tasks wrote, what is recorded, what the client saw, and what is given afterwards are the same; gives how many bytes. */
    private long compare(Map<Integer, Recorded> recorded) {
        var bytes = 0L;
        for (var reader : logs) {
            assertThat(reader.exitCode()).as(reader.err()).isZero();
            assertThat(reader.err()).doesNotContain("not kept");
            var client = reader.outFile();
            bytes += compare(recorded, marked ? Copies.marked(script, client) : Copies.of(script, client), false);
        }
        for (var err : List.of(false, true)) {
            var after = site.ganger("logs", job, err ? "--stderr" : "--stdout");
            var copies = Copies.of(script, err ? after.errFile() : after.outFile());
            assertThat(copies.attempts()).extracting(Copies.Attempt::index).as("in order of task").isSorted()
                    .doesNotHaveDuplicates();
            bytes += compare(recorded, copies, err);
            assertThat(copies.bytes()).as("bytes of all tasks").isEqualTo(
                    recorded.values().stream().mapToLong(result -> result.content(err).bytes()).sum());
        }
        return bytes + compareAlone(recorded);
    }

    private long compare(Map<Integer, Recorded> recorded, Copies copies, boolean err) {
        var bytes = 0L;
        for (var task : recorded.entrySet()) {
            var index = task.getKey();
            var attempt = task.getValue().attempt;
            var written = script.content(index, attempt, err).told();
            assertThat(task.getValue().content(err)).as("the record of task %d, attempt %d", index, attempt).isEqualTo(written);
            assertThat(copies.told(index, attempt)).as("the copy of task %d, attempt %d", index, attempt).isEqualTo(written);
            bytes += written.bytes();
        }
        return bytes;
    }

    /** Some tasks, each by a call of its own. */
    private long compareAlone(Map<Integer, Recorded> recorded) {
        var bytes = 0L;
        var some = random.ints(1, script.tasks() + 1).distinct().limit(ALONE).boxed().collect(Collectors.toSet());
        for (var task : recorded.entrySet()) {
            if (some.contains(task.getKey())) {
                var index = task.getKey();
                var result = task.getValue();
                var call = site.ganger("logs", job + "." + index);
                assertThat(Copies.of(script, call.outFile()).told(index, result.attempt)).isEqualTo(result.out);
                assertThat(Copies.of(script, call.errFile()).told(index, result.attempt)).isEqualTo(result.err);
                bytes += result.out.bytes() + result.err.bytes();
            }
        }
        return bytes;
    }
}
