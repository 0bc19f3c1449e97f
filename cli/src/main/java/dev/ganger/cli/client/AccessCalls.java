package dev.ganger.cli.client;

import com.google.protobuf.ByteString;
import dev.ganger.model.Admission;
import dev.ganger.model.Token;
import dev.ganger.model.User;
import dev.ganger.proto.v1.AccessServiceGrpc;
import dev.ganger.proto.v1.AccessServiceGrpc.AccessServiceBlockingV2Stub;
import dev.ganger.proto.v1.CreateTokenRequest;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.ListTokensRequest;
import dev.ganger.proto.v1.ListUsersRequest;
import dev.ganger.proto.v1.RemoveUserRequest;
import dev.ganger.proto.v1.RevokeTokenRequest;
import dev.ganger.proto.v1.UserJoiner;
import dev.ganger.proto.v1.WhoAmIRequest;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.TokenLine;
import dev.ganger.wire.AccessFromWire;
import dev.ganger.wire.AccessToWire;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** What is asked about who may come in. */
public final class AccessCalls {
    private final Connection connection;
    private final Calls calls;

    AccessCalls(Connection connection, Calls calls) {
        this.connection = connection;
        this.calls = calls;
    }

    /** A word that lets agents join. */
    public String createAgentToken(String name, int uses, Duration expires, SortedMap<String, String> labels) {
        return createToken(new Admission.OfAgent(name, labels), uses, expires).line();
    }

    public CreatedToken createToken(Admission admission, int uses, Duration expires) {
        var request = CreateTokenRequest.newBuilder().setUses(uses)
                .setExpires(ToWire.duration(expires));
        switch (admission) {
            case Admission.OfAgent agent -> request.setAgent(AccessToWire.agent(agent));
            case Admission.OfUser user -> request.setUser(AccessToWire.user(user));
        }
        return calls.ask(() -> {
            var response = Calls.soon(stub()).createToken(request.build());
            return new CreatedToken(AccessFromWire.token(response.getToken()), response.getLine());
        });
    }

    /** The oldest first. */
    public List<Token> tokens() {
        return calls.ask(() -> Calls.soon(stub()).listTokens(ListTokensRequest.getDefaultInstance()).getTokensList().stream()
                .map(AccessFromWire::token).toList());
    }

    public void revokeToken(String id) {
        calls.ask(() -> Calls.soon(stub()).revokeToken(RevokeTokenRequest.newBuilder().setId(id).build()));
    }

    /** Their logins, by name. */
    public List<User> users() {
        return calls.ask(() -> Calls.soon(stub()).listUsers(ListUsersRequest.getDefaultInstance()).getUsersList().stream()
                .map(AccessFromWire::user).toList());
    }

    /** Tells how many logins were ended. */
    public int removeUser(String name) {
        return calls.ask(() -> Calls.soon(stub()).removeUser(RemoveUserRequest.newBuilder().setName(name).build()).getLogins());
    }

    public Caller whoAmI() {
        return calls.ask(() -> {
            var answer = Calls.soon(stub()).whoAmI(WhoAmIRequest.getDefaultInstance());
            return new Caller(answer.getName(), AccessFromWire.role(answer.getRole()));
        });
    }

    /** Joins as a user, on a connection that pins the token's authority; the private key stays here. */
    public Credentials join(TokenLine token, KeyPair key) {
        var request = JoinRequest.newBuilder().setToken(token.id()).setSecret(ToWire.bytes(token.secret()))
                .setPublicKey(ByteString.copyFrom(key.getPublic().getEncoded())).setUser(UserJoiner.getDefaultInstance()).build();
        return calls.ask(() -> {
            var response = Calls.soon(JoinServiceGrpc.newBlockingV2Stub(connection.channel())).join(request);
            return new Credentials(Certificates.read(FromWire.bytes(response.getAuthority())),
                    Certificates.read(FromWire.bytes(response.getCertificate())), key.getPrivate());
        });
    }

    private AccessServiceBlockingV2Stub stub() {
        return AccessServiceGrpc.newBlockingV2Stub(connection.channel());
    }
}
