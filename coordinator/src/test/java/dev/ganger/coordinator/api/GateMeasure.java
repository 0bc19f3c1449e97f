package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Command.Joiner;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.TimeSource;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.FakeOutputs;
import dev.ganger.coordinator.security.Directory;
import dev.ganger.coordinator.security.FreshToken;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.coordinator.security.SampleAuthority;
import dev.ganger.coordinator.security.WrongTokens;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.model.Admission;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttemptEnded;
import dev.ganger.proto.v1.Ending;
import dev.ganger.proto.v1.Reason;
import dev.ganger.proto.v1.Report;
import dev.ganger.proto.v1.Run;
import dev.ganger.proto.v1.StreamOutput;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.TreeMap;
import java.util.UUID;

/** Measures what TLS and the gate cost a task: durable dispatch over a socket to an agent that answers at once, with them and without, in turn. */
final class GateMeasure {
    private static final int TASKS = 150_000;
    private static final int ROOM = 64;
    private static final ByteString INSTANCE = ScriptedAgent.instance(1);
    private static final Settings SETTINGS = new Settings(10_000_000, 1 << 20, Duration.ofSeconds(60), Duration.ofDays(30));

    private GateMeasure() {}

    static void main() throws IOException {
        for (var round = 0; round < 10; round++) {
            var plain = measured(false);
            var tls = measured(true);
            System.out.printf("a task: plain %.1f us, %.1f us of CPU; TLS and gate %.1f us, %.1f us of CPU: %.2f, %.2f times%n",
                    plain[0],
                    plain[1], tls[0], tls[1], tls[0] / plain[0], tls[1] / plain[1]);
        }
    }

    /** Microseconds a task, by the clock and on the CPU. */
    private static double[] measured(boolean secured) throws IOException {
        var folder = Files.createTempDirectory("gate-measure");
        try (var store = SqliteStore.open(folder)) {
            var loop = new CoreLoop(SETTINGS, store, store, store, TimeSource.system(), Throwable::printStackTrace);
            loop.start();
            var authority = SampleAuthority.fresh();
            var protection = secured
                    ? new Protection.Tls(authority, Directory.of(loop), () -> Address.parse("localhost"),
                            new WrongTokens(Duration.ZERO), InstantSource.system())
                    : new Protection.None();
            var server = new CoordinatorServer(loop, new FakeOutputs(), new DiskRoom(folder), SETTINGS,
                    Address.parse("localhost:0"), protection);
            var address = server.start();
            var agentTrust = secured ? joined(loop, protection, anAgent(), new Joiner.AnAgent("vm-1", new UUID(0, 1))) : null;
            var userTrust = secured ? joined(loop, protection, aUser(), new Joiner.AUser(new UUID(0, 2))) : null;
            var agent = Channels.open(address, agentTrust == null ? new Trust.Nobody() : agentTrust);
            var user = Channels.open(address, userTrust == null ? new Trust.Nobody() : userTrust);
            new ContractClient(user).submitted(ContractClient.array(ContractClient.spec("true"), TASKS));
            var times = dispatch(ScriptedAgent.attached(agent, "vm-1", INSTANCE));
            agent.shutdownNow();
            user.shutdownNow();
            server.close();
            loop.close();
            return times;
        } finally {
            delete(folder);
        }
    }

    private static Admission anAgent() {
        return new Admission.OfAgent("", new TreeMap<>());
    }

    private static Admission aUser() {
        return new Admission.OfUser("ann", Role.ADMIN);
    }

    private static Trust joined(CoreLoop loop, Protection protection, Admission admission, Joiner joiner) {
        var authority = ((Protection.Tls) protection).authority();
        var key = Keys.generate();
        var token = new FreshToken(admission);
        Statuses.reply(loop.execute(token.command(1, null, "measure")));
        var identity = Statuses.reply(loop.execute(new Command.Join(token.id(), FreshToken.hash(token.secret()),
                Keys.hash(key.getPublic()), joiner, true))).identity();
        var certificate = joiner instanceof Joiner.AnAgent
                ? authority.agent(identity.name(), identity.id(), key.getPublic())
                : authority.user(identity.name(), identity.id(), key.getPublic());
        return new Trust.Mutual(new Credentials(authority.certificate(), certificate, key.getPrivate()));
    }

    private static double[] dispatch(ScriptedAgent agent) {
        var begun = System.nanoTime();
        var cpu = cpuNanos();
        var done = 0;
        var messages = 0L;
        agent.pull(messages, ROOM);
        while (done < TASKS) {
            var grant = agent.grant();
            var report = Report.newBuilder();
            for (var attempt : ScriptedAgent.attempts(grant)) {
                report.addEnded(AttemptEnded.newBuilder().setAttempt(attempt).setRun(run()));
            }
            done += report.getEndedCount();
            agent.say(AttachRequest.newBuilder().setReport(report).build());
            messages = grant.getNumber();
            agent.pull(messages, ROOM);
        }
        return new double[]{(System.nanoTime() - begun) / 1e3 / TASKS, (cpuNanos() - cpu) / 1e3 / TASKS};
    }

    private static Run run() {
        var now = Timestamp.newBuilder().setSeconds(1_800_000_000);
        return Run.newBuilder().setPid(99).setStartedAt(now).setFinishedAt(now)
                .setEnding(Ending.newBuilder().setReason(Reason.REASON_EXIT))
                .setStdout(StreamOutput.newBuilder().setSha256(ByteString.copyFrom(new byte[32]))).build();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
