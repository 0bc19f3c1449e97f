package dev.ganger.coordinator.api;

import com.google.protobuf.Duration;
import dev.ganger.coordinator.security.Access;
import dev.ganger.coordinator.security.Need;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.TakeResultRequest;
import dev.ganger.proto.v1.TakeStart;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Every call that is served, made by everybody: it passes the gate for whom the table names, streams too, and for nobody else. */
final class EveryCallTest extends GuardedCoordinator {
    private static final long PATIENCE_SECONDS = 30;
    /** What only the gate says. */
    private static final Pattern OF_THE_GATE = Pattern.compile("'[^']+' is for .*|the certificate of .* expired at .*",
            Pattern.DOTALL);
    /** Ends at once what waits for a result otherwise. */
    private static final TakeResultRequest TAKE = TakeResultRequest.newBuilder()
            .setStart(TakeStart.newBuilder().setConsumer("reader").setWait(Duration.getDefaultInstance())).build();

    /** Who calls. */
    enum Who {
        NOBODY("no certificate"), EXPIRED("expired certificate"), AGENT("agent"), VIEWER("viewer"), SUBMITTER(
                "submitter"), ADMIN("admin");

        private final String words;

        Who(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Said once more, and not as the gate says it. */
    static Set<Who> allowed(Need need) {
        return switch (need) {
            case ANYONE -> Set.of(Who.values());
            case RENEWAL -> Set.of(Who.EXPIRED, Who.AGENT, Who.VIEWER, Who.SUBMITTER, Who.ADMIN);
            case MEMBER -> Set.of(Who.AGENT, Who.VIEWER, Who.SUBMITTER, Who.ADMIN);
            case AGENT -> Set.of(Who.AGENT);
            case VIEWER -> Set.of(Who.VIEWER, Who.SUBMITTER, Who.ADMIN);
            case SUBMITTER -> Set.of(Who.SUBMITTER, Who.ADMIN);
            case ADMIN -> Set.of(Who.ADMIN);
        };
    }

    private static Need need(MethodDescriptor<?, ?> method) {
        return Objects.requireNonNull(Access.of(method.getFullMethodName())).need();
    }

    @TestFactory
    Stream<DynamicTest> passesForWhomTheTableNames() {
        var callers = callers();
        // Renewing comes last: who has renewed is not expired any more.
        return server().served().stream().flatMap(service -> service.getMethods().stream())
                .<MethodDescriptor<?, ?>>map(ServerMethodDefinition::getMethodDescriptor)
                .sorted(Comparator.comparing(method -> need(method) == Need.RENEWAL))
                .map(method -> DynamicTest.dynamicTest(method.getFullMethodName(), () -> callers.forEach((who, channel) -> {
                    var refusal = refusal(channel, method);
                    assertThat(refusal == null).as("%s calls %s: %s", who, method.getFullMethodName(), refusal)
                            .isEqualTo(allowed(need(method)).contains(who));
                })));
    }

    private Map<Who, Channel> callers() {
        var expired = agent("expired", ScriptedAgent.instance(1));
        pass(LIFE.plusSeconds(1));
        var callers = new EnumMap<Who, Channel>(Who.class);
        callers.put(Who.NOBODY, stranger());
        callers.put(Who.EXPIRED, open(expired));
        callers.put(Who.AGENT, open(agent("agent", ScriptedAgent.instance(2))));
        callers.put(Who.VIEWER, open(user("viewer", Role.VIEWER)));
        callers.put(Who.SUBMITTER, open(user("submitter", Role.SUBMITTER)));
        callers.put(Who.ADMIN, open(user("admin", Role.ADMIN)));
        return callers;
    }

    /** What the gate says; null: it lets the call pass, whatever the service makes of it. */
    private static @Nullable Status refusal(Channel channel, MethodDescriptor<?, ?> method) {
        var over = new CompletableFuture<Status>();
        var raw = MethodDescriptor.newBuilder(WireAttacks.BYTES, WireAttacks.BYTES).setType(method.getType())
                .setFullMethodName(method.getFullMethodName()).build();
        var call = channel.newCall(raw, CallOptions.DEFAULT);
        call.start(new ClientCall.Listener<>() {
            @Override
            public void onMessage(byte[] message) {
                over.complete(Status.OK);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                over.complete(status);
            }
        }, new Metadata());
        call.request(1);
        var takes = method.getFullMethodName().equals(ResultServiceGrpc.getTakeResultMethod().getFullMethodName());
        call.sendMessage(takes ? TAKE.toByteArray() : new byte[0]);
        call.halfClose();
        var status = over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        call.cancel("that is all", null);
        return (status.getCode() == Code.UNAUTHENTICATED || status.getCode() == Code.PERMISSION_DENIED)
                && OF_THE_GATE.matcher(String.valueOf(status.getDescription())).matches() ? status : null;
    }
}
