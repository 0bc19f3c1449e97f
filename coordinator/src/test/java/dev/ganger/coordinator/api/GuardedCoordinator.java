package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.security.Authority;
import dev.ganger.coordinator.security.AuthorityFolder;
import dev.ganger.coordinator.security.Directory;
import dev.ganger.coordinator.security.FreshToken;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.model.Admission;
import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.AgentJoiner;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinResponse;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.UserJoiner;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.catchThrowable;

/** A coordinator on a real socket, with TLS and its gate; people and agents join it as the contract has it. */
abstract class GuardedCoordinator extends ServedCoordinator {
    static final Duration LIFE = Duration.ofDays(7);

    @TempDir
    private Path security;
    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
    private final List<ManagedChannel> opened = new ArrayList<>();
    private @Nullable CoordinatorServer server;
    private @Nullable Authority made;
    private @Nullable Address bound;

    @Override
    ManagedChannel serve(OutputStore output, DiskRoom room, Settings settings) throws IOException {
        var authority = new AuthorityFolder(security.resolve("security")).open(LIFE, time::get);
        made = authority;
        var fresh = new CoordinatorServer(loop, output, room, settings, Address.parse("localhost:0"),
                new Protection.Tls(authority, Directory.of(loop), this::address, time::get));
        server = fresh;
        bound = fresh.start();
        return Channels.open(address(), new Trust.Mutual(user("root", Role.ADMIN)));
    }

    @Override
    void endServing() {
        if (server != null) {
            server.close();
        }
    }

    Authority authority() {
        return Objects.requireNonNull(made);
    }

    Address address() {
        return Objects.requireNonNull(bound);
    }

    @AfterEach
    void closeChannels() {
        opened.forEach(ManagedChannel::shutdownNow);
    }

    /** The coordinator's clock goes on; that of its core does not. */
    void pass(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
    }

    ManagedChannel open(Trust trust) {
        var fresh = Channels.open(address(), trust);
        opened.add(fresh);
        return fresh;
    }

    /** Of somebody who has joined. */
    ManagedChannel open(Credentials credentials) {
        return open(new Trust.Mutual(credentials));
    }

    /** Of somebody who knows the coordinator and is nobody yet. */
    ManagedChannel stranger() {
        return open(new Trust.Pinned(authority().fingerprint()));
    }

    // ---- joining

    FreshToken token(Admission admission, int uses) {
        var token = new FreshToken(admission);
        Statuses.reply(loop.execute(token.command(uses, Instant.now().plus(Duration.ofHours(1)), "test")));
        return token;
    }

    static Admission.OfAgent anyAgent() {
        return agentNamed("");
    }

    static Admission.OfAgent agentNamed(String name) {
        return new Admission.OfAgent(name, new TreeMap<>());
    }

    static JoinRequest.Builder asUser(FreshToken token, KeyPair key) {
        return with(token, key).setUser(UserJoiner.getDefaultInstance());
    }

    static JoinRequest.Builder asAgent(FreshToken token, KeyPair key, String name, ByteString instance) {
        return with(token, key).setAgent(AgentJoiner.newBuilder().setName(name).setInstance(instance));
    }

    private static JoinRequest.Builder with(FreshToken token, KeyPair key) {
        return JoinRequest.newBuilder().setToken(token.id()).setSecret(ByteString.copyFrom(token.secret().toByteArray()))
                .setPublicKey(ByteString.copyFrom(key.getPublic().getEncoded()));
    }

    JoinResponse join(JoinRequest.Builder request) {
        return JoinServiceGrpc.newBlockingStub(stranger()).join(request.build());
    }

    Credentials user(String name, Role role) {
        var key = Keys.generate();
        return credentials(join(asUser(token(new Admission.OfUser(name, role), 1), key)), key);
    }

    Credentials agent(String name, ByteString instance) {
        var key = Keys.generate();
        return credentials(join(asAgent(token(anyAgent(), 1), key, name, instance)), key);
    }

    static Credentials credentials(JoinResponse welcome, KeyPair key) {
        return new Credentials(Certificates.read(Bytes.wrap(welcome.getAuthority().toByteArray())),
                Certificates.read(Bytes.wrap(welcome.getCertificate().toByteArray())), key.getPrivate());
    }

    /** What a call fails with. */
    static Status failure(ThrowingCallable call) {
        return Status.fromThrowable(catchThrowable(call));
    }
}
