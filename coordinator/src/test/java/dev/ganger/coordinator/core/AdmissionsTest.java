package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Joiner.AUser;
import dev.ganger.coordinator.core.Command.Joiner.AnAgent;
import dev.ganger.coordinator.core.Command.Logins;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.Admission;
import dev.ganger.model.AgentId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import dev.ganger.model.Token;
import dev.ganger.model.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may come in: what is asked, what is decided, and what is left of it. */
final class AdmissionsTest {
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant LATER = AT.plusSeconds(3_600);
    private static final Bytes SECRET = hash(1);
    private static final Bytes KEY = hash(2);
    private static final Bytes OTHER_KEY = hash(3);
    private static final AgentId ONE = agent(1, 1);
    private static final AgentId TWO = agent(2, 1);
    private static final UUID LOGIN = new UUID(7, 1);
    private static final Admission ANY_AGENT = new Admission.OfAgent("", new TreeMap<>());

    private final Desk desk = new Desk();

    private static Bytes hash(int number) {
        var bytes = new byte[32];
        bytes[31] = (byte) number;
        return Bytes.wrap(bytes);
    }

    private static Command.CreateToken token(String id, Admission admission, int uses, @Nullable Instant expiresAt) {
        return new Command.CreateToken(id, SECRET, admission, uses, expiresAt, false, "anna");
    }

    private static Command.CreateToken local(String id, Admission admission) {
        return new Command.CreateToken(id, SECRET, admission, 0, null, true, "coordinator");
    }

    private static Admission user(String name, Role role) {
        return new Admission.OfUser(name, role);
    }

    private static Command.Join join(String token, AgentId agent, Bytes key) {
        return new Command.Join(token, SECRET, key, new AnAgent(agent.name(), agent.instance()), false);
    }

    private static Command.Join join(String token, UUID login, Bytes key) {
        return new Command.Join(token, SECRET, key, new AUser(login), false);
    }

    private void login(String name, Role role, int number) {
        desk.ask(token("for-" + name + number, user(name, role), 1, LATER));
        desk.ask(join("for-" + name + number, new UUID(7, number), KEY));
    }

    private Token only() {
        assertThat(desk.views().tokens()).hasSize(1);
        return desk.views().tokens().getFirst();
    }

    private void staysAfterARestart() {
        assertThat(desk.replayed().snapshot()).isEqualTo(desk.state.snapshot());
        assertThat(desk.restored().snapshot()).isEqualTo(desk.state.snapshot());
    }

    // ---- tokens

    @Test
    void aTokenIsMadeAndShown() {
        var made = desk.ask(token("t", ANY_AGENT, 2, LATER)).token();
        assertThat(made).isEqualTo(new Token("t", ANY_AGENT, 2, 0, LATER, false, AT, "anna", null)).isEqualTo(only());
        assertThat(desk.refusal(token("t", ANY_AGENT, 1, LATER))).isEqualTo(Kind.CONFLICT);
        staysAfterARestart();
    }

    @Test
    void whatATokenCannotBeIsRefused() {
        assertThat(desk.refusal(token("t", ANY_AGENT, 0, LATER))).isEqualTo(Kind.INVALID);
        assertThat(desk.refusal(token("t", ANY_AGENT, 10_001, LATER))).isEqualTo(Kind.INVALID);
        assertThat(desk.refusal(token("t", ANY_AGENT, 1, AT))).isEqualTo(Kind.INVALID);
        assertThat(desk.refusal(new Command.CreateToken("t", Bytes.EMPTY, ANY_AGENT, 1, LATER, false, "anna")))
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void whoGuessesDoesNotLearnWhetherThereIsSuchAToken() {
        desk.ask(token("t", ANY_AGENT, 1, LATER));
        desk.ask(new Command.RevokeToken("t"));
        var wrong = new Command.Join("t", KEY, KEY, new AnAgent("vm-1", ONE.instance()), false);
        var unknown = new Command.Join("x", KEY, KEY, new AnAgent("vm-1", ONE.instance()), false);
        var empty = new Command.Join("x", Bytes.EMPTY, KEY, new AnAgent("vm-1", ONE.instance()), false);
        assertThat(List.of(wrong, unknown, empty)).allSatisfy(
                join -> assertThat(desk.refusal(join)).isEqualTo(Kind.NOT_ADMITTED));
        assertThat(desk.refusalText(wrong)).isEqualTo(desk.refusalText(unknown)).isEqualTo(desk.refusalText(empty))
                .doesNotContain("revoked");
    }

    @Test
    void anExpiredTokenLetsNobodyIn() {
        desk.ask(token("t", ANY_AGENT, 1, LATER));
        desk.pass(Duration.ofHours(1).minusMillis(1));
        assertThat(desk.refusal(join("t", ONE, KEY))).isNull();
        desk.pass(Duration.ofMillis(1));
        assertThat(desk.refusal(join("t", ONE, KEY))).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(desk.refusalText(join("t", ONE, KEY))).contains("expired at 2026-11-01T11:00:00Z");
    }

    @Test
    void aRevokedTokenLetsNobodyInAndWhoHasJoinedStays() {
        desk.ask(token("t", ANY_AGENT, 2, LATER));
        desk.ask(join("t", ONE, KEY));
        desk.ask(new Command.RevokeToken("t"));
        desk.ask(new Command.RevokeToken("t"));
        assertThat(desk.all(Event.TokenRevoked.class)).hasSize(1);
        assertThat(desk.refusal(join("t", TWO, OTHER_KEY))).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(desk.refusalText(join("t", ONE, KEY))).contains("revoked at 2026-11-01T10:00:00Z");
        assertThat(desk.views().identity(ONE.instance())).isNotNull();
        assertThat(desk.refusal(new Command.RevokeToken("x"))).isEqualTo(Kind.NOT_FOUND);
        staysAfterARestart();
    }

    @Test
    void aTokenIsUsedUp() {
        desk.ask(token("t", ANY_AGENT, 1, LATER));
        desk.ask(join("t", ONE, KEY));
        assertThat(only().used()).isEqualTo(1);
        assertThat(desk.refusal(join("t", TWO, OTHER_KEY))).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(desk.refusalText(join("t", TWO, OTHER_KEY))).contains("used up");
        staysAfterARestart();
    }

    @Test
    void aUsedTokenShownWithAnotherKeyIsRefused() {
        desk.ask(token("t", ANY_AGENT, 1, LATER));
        desk.ask(join("t", ONE, KEY));
        assertThat(desk.refusal(join("t", ONE, OTHER_KEY))).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(desk.refusal(join("t", TWO, KEY))).isEqualTo(Kind.NOT_ADMITTED);
    }

    @Test
    void aTokenIsForOneKindOfJoiner() {
        desk.ask(token("a", ANY_AGENT, 1, LATER));
        desk.ask(token("u", user("anna", Role.ADMIN), 1, LATER));
        assertThat(desk.refusal(join("a", LOGIN, KEY))).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(desk.refusal(join("u", ONE, KEY))).isEqualTo(Kind.NOT_ADMITTED);
    }

    @Test
    void aLocalTokenLetsInAnyNumberFromThisMachineOnly() {
        desk.ask(local("t", ANY_AGENT));
        assertThat(desk.refusal(join("t", ONE, KEY))).isEqualTo(Kind.NOT_ADMITTED);
        for (var number = 1; number <= 3; number++) {
            desk.ask(new Command.Join("t", SECRET, hash(number), new AnAgent("vm-" + number, new UUID(2, number)), true));
        }
        assertThat(desk.views().identities()).hasSize(3);
        desk.pass(Duration.ofDays(10_000));
        assertThat(only().used()).isEqualTo(3);
    }

    @Test
    void aTokenIsForgottenAMonthAfterItIsOver() {
        desk.ask(token("used", ANY_AGENT, 1, AT.plus(Duration.ofDays(90))));
        desk.ask(token("revoked", ANY_AGENT, 1, AT.plus(Duration.ofDays(90))));
        desk.ask(token("expired", ANY_AGENT, 1, LATER));
        desk.ask(local("local", ANY_AGENT));
        desk.pass(Duration.ofMinutes(10));
        desk.ask(join("used", ONE, KEY));
        desk.pass(Duration.ofMinutes(10));
        desk.ask(new Command.RevokeToken("revoked"));
        staysAfterARestart();
        desk.pass(Duration.ofDays(30).minusMinutes(10).minusMillis(1));
        assertThat(desk.views().tokens()).hasSize(4);
        desk.pass(Duration.ofMillis(1));
        assertThat(desk.views().tokens()).extracting(Token::id).containsExactly("revoked", "expired", "local");
        desk.pass(Duration.ofDays(100));
        assertThat(desk.views().tokens()).extracting(Token::id).containsExactly("local");
        assertThat(desk.views().identity(ONE.instance())).isNotNull();
        staysAfterARestart();
    }

    @Test
    void thereAreSoManyTokensAndWhatIsOverMakesRoom() {
        for (var number = 0; number < Settings.TOKENS; number++) {
            desk.ask(token("t" + number, ANY_AGENT, 1, LATER));
        }
        assertThat(desk.refusal(token("more", ANY_AGENT, 1, LATER))).isEqualTo(Kind.FULL);
        desk.ask(new Command.RevokeToken("t7"));
        desk.ask(token("more", ANY_AGENT, 1, LATER));
        assertThat(desk.views().tokens()).hasSize(Settings.TOKENS).extracting(Token::id).doesNotContain("t7");
    }

    // ---- agents

    @Test
    void anAgentJoinsUnderItsNameWithTheLabelsOfItsToken() {
        desk.ask(token("t", new Admission.OfAgent("vm-1", new TreeMap<>(Map.of("zone", "south"))), 1, LATER));
        var identity = desk.ask(join("t", ONE, KEY)).identity();
        assertThat(identity).isEqualTo(new Identity.OfAgent(ONE.instance(), "vm-1", new TreeMap<>(Map.of("zone", "south")), KEY,
                "t", AT)).isEqualTo(desk.views().identity(ONE.instance()));
        staysAfterARestart();
    }

    @Test
    void whatTheCoordinatorSaysOfAnAgentCountsMore() {
        desk.ask(token("t", new Admission.OfAgent("", new TreeMap<>(Map.of("zone", "south", "rack", "4"))), 1, LATER));
        desk.ask(join("t", ONE, KEY));
        desk.attach(ONE);
        desk.attach(TWO);
        assertThat(desk.views().agents()).extracting(agent -> Map.copyOf(agent.labels()))
                .containsExactly(Map.of("zone", "south", "rack", "4"), Map.of("zone", "north"));
    }

    @Test
    void labelsOfBothTogetherHaveALimit() {
        var labels = new TreeMap<String, String>();
        for (var number = 0; number < 100; number++) {
            labels.put("label-" + number, "");
        }
        desk.ask(token("t", new Admission.OfAgent("", labels), 1, LATER));
        desk.ask(join("t", ONE, KEY));
        assertThat(desk.refusal(Desk.attach(1, ONE, 1))).isEqualTo(Kind.INVALID);
        assertThat(desk.refusalText(Desk.attach(1, ONE, 1))).contains("'vm-1' has 101");
    }

    @Test
    void whoAsksAgainIsLetInAgainAndUsesNothingUp() {
        desk.ask(token("t", ANY_AGENT, 1, LATER));
        var identity = desk.ask(join("t", ONE, KEY)).identity();
        desk.pass(Duration.ofMinutes(1));
        assertThat(desk.ask(join("t", ONE, KEY)).identity()).isEqualTo(identity);
        assertThat(desk.all(Event.IdentityJoined.class)).hasSize(1);
        var renamed = new AgentId("vm-9", ONE.instance(), 1);
        assertThat(desk.ask(join("t", renamed, KEY)).identity().name()).isEqualTo("vm-9");
        assertThat(only().used()).isEqualTo(1);
        staysAfterARestart();
    }

    @Test
    void anotherTokenReplacesNameLabelsAndKey() {
        desk.ask(token("t", ANY_AGENT, 1, LATER));
        desk.ask(token("u", new Admission.OfAgent("vm-9", new TreeMap<>(Map.of("zone", "west"))), 1, LATER));
        desk.ask(join("t", ONE, KEY));
        desk.ask(join("u", new AgentId("vm-9", ONE.instance(), 1), OTHER_KEY));
        assertThat(desk.views().identities()).singleElement().isEqualTo(new Identity.OfAgent(ONE.instance(), "vm-9",
                new TreeMap<>(Map.of("zone", "west")), OTHER_KEY, "u", AT));
        staysAfterARestart();
    }

    @Test
    void aTokenForOneNameIsForThatNameOnly() {
        desk.ask(token("t", new Admission.OfAgent("vm-1", new TreeMap<>()), 1, LATER));
        assertThat(desk.refusal(join("t", TWO, KEY))).isEqualTo(Kind.FORBIDDEN);
        assertThat(desk.refusalText(join("t", TWO, KEY))).contains("'vm-1'").contains("--name vm-1");
        assertThatThrownBy(() -> new AnAgent(" ", ONE.instance())).hasMessageContaining("needs a name");
    }

    @Test
    void theNameOfALivingAgentIsNotGivenAway() {
        desk.attach(ONE);
        desk.ask(token("t", ANY_AGENT, 1, LATER));
        var thief = join("t", new AgentId("vm-1", TWO.instance(), 1), KEY);
        assertThat(desk.refusal(thief)).isEqualTo(Kind.CONFLICT);
        desk.pass(Desk.SETTINGS.lease().plusMillis(1));
        assertThat(desk.refusal(thief)).isNull();
    }

    @Test
    void aLivingAgentIsNotTakenOverWithAnotherKey() {
        desk.ask(token("t", ANY_AGENT, 2, LATER));
        desk.ask(join("t", ONE, KEY));
        desk.attach(ONE);
        assertThat(desk.refusal(join("t", ONE, OTHER_KEY))).isEqualTo(Kind.CONFLICT);
        assertThat(desk.refusal(join("t", ONE, KEY))).isNull();
        desk.pass(Desk.SETTINGS.lease().plusMillis(1));
        assertThat(desk.refusal(join("t", ONE, OTHER_KEY))).isNull();
    }

    @Test
    void aLoginIsNotTakenOverByAnAgentNorTheReverse() {
        login("anna", Role.ADMIN, 1);
        desk.ask(token("t", ANY_AGENT, 2, LATER));
        assertThat(desk.refusal(join("t", new AgentId("vm-1", new UUID(7, 1), 1), KEY))).isEqualTo(Kind.CONFLICT);
        desk.ask(join("t", ONE, KEY));
        desk.ask(token("u", user("eve", Role.VIEWER), 1, LATER));
        assertThat(desk.refusal(join("u", ONE.instance(), OTHER_KEY))).isEqualTo(Kind.CONFLICT);
        assertThat(desk.refusal(join("u", new UUID(7, 1), OTHER_KEY))).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aRemovedAgentIsNobodyAndDoesNotComeBack() {
        desk.ask(token("t", ANY_AGENT, 2, LATER));
        desk.ask(join("t", ONE, KEY));
        desk.attach(ONE);
        desk.ask(new Command.RemoveAgent("vm-1", "sold"));
        assertThat(desk.views().identities()).isEmpty();
        assertThat(desk.refusal(join("t", ONE, KEY))).isEqualTo(Kind.FORBIDDEN);
        assertThat(desk.refusalText(join("t", ONE, OTHER_KEY))).contains("(sold)").contains("--data");
        staysAfterARestart();
    }

    @Test
    void anAgentThatIsAwayIsRemovedWithAllInstallationsOfItsName() {
        desk.ask(token("t", ANY_AGENT, 2, LATER));
        desk.ask(join("t", ONE, KEY));
        desk.ask(join("t", new AgentId("vm-1", TWO.instance(), 1), OTHER_KEY));
        desk.attach(new AgentId("vm-1", TWO.instance(), 4));
        desk.ask(new Command.RemoveAgent("vm-1", ""));
        assertThat(desk.views().identities()).isEmpty();
        assertThat(desk.views().agents()).isEmpty();
        assertThat(desk.refusal(Desk.attach(9, ONE, 1))).isEqualTo(Kind.FORBIDDEN);
        assertThat(desk.refusal(new Command.RemoveAgent("vm-1", ""))).isEqualTo(Kind.NOT_FOUND);
        staysAfterARestart();
    }

    // ---- users

    @Test
    void aUserHasTheNameAndRoleOfItsToken() {
        login("anna", Role.SUBMITTER, 1);
        assertThat(desk.views().users()).containsExactly(new User("anna", Role.SUBMITTER, LOGIN, AT, "for-anna1"));
        staysAfterARestart();
    }

    @Test
    void theSameKeyIsTheSameLogin() {
        desk.ask(token("t", user("anna", Role.VIEWER), 2, LATER));
        var identity = desk.ask(join("t", LOGIN, KEY)).identity();
        assertThat(desk.ask(join("t", new UUID(7, 2), KEY)).identity()).isEqualTo(identity);
        assertThat(only().used()).isEqualTo(1);
        assertThat(desk.ask(join("t", new UUID(7, 3), OTHER_KEY)).identity().id()).isEqualTo(new UUID(7, 3));
        assertThat(desk.views().users()).hasSize(2);
    }

    @Test
    void aRemovedUserIsNobodyAndHasNothingToComeBackWith() {
        login("boss", Role.ADMIN, 1);
        login("anna", Role.ADMIN, 2);
        login("anna", Role.VIEWER, 3);
        desk.ask(token("left", user("anna", Role.VIEWER), 2, LATER));
        assertThat(desk.ask(new Command.RemoveUser("anna"))).isEqualTo(new Logins(2));
        assertThat(desk.views().users()).extracting(User::name).containsExactly("boss");
        assertThat(desk.refusal(join("left", LOGIN, OTHER_KEY))).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(desk.refusalText(new Command.RemoveUser("anna"))).contains("there are boss");
        staysAfterARestart();
    }

    @Test
    void whatARemovedUserMadeLetsNobodyInAnyMore() {
        login("boss", Role.ADMIN, 1);
        login("anna", Role.ADMIN, 2);
        desk.ask(token("kept", ANY_AGENT, 2, LATER));
        desk.ask(new Command.RemoveUser("anna"));
        assertThat(desk.views().tokens()).filteredOn(token -> token.id().equals("kept"))
                .allMatch(token -> token.revokedAt() != null).hasSize(1);
    }

    @Test
    void theLastAdminStays() {
        login("boss", Role.ADMIN, 1);
        login("boss", Role.ADMIN, 2);
        login("anna", Role.SUBMITTER, 3);
        assertThat(desk.refusal(new Command.RemoveUser("boss"))).isEqualTo(Kind.NOT_NOW);
        login("eve", Role.ADMIN, 4);
        assertThat(desk.ask(new Command.RemoveUser("boss"))).isEqualTo(new Logins(2));
    }

    @Test
    void thereAreSoManyLoginsAndSoManyAgents() {
        desk.ask(local("u", user("anna", Role.VIEWER)));
        desk.ask(local("a", ANY_AGENT));
        for (var number = 0; number < Settings.LOGINS; number++) {
            var key = Bytes.utf8("key " + number);
            desk.state.apply(new Event.IdentityJoined(
                    new Identity.OfUser(new UUID(7, number), "anna", Role.VIEWER, key, "u", AT), true));
            desk.state.apply(new Event.IdentityJoined(
                    new Identity.OfAgent(new UUID(8, number), "vm", new TreeMap<>(), key, "a", AT), true));
        }
        var user = new Command.Join("u", SECRET, KEY, new AUser(new UUID(9, 9)), true);
        var agent = new Command.Join("a", SECRET, KEY, new AnAgent("vm-1", ONE.instance()), true);
        assertThat(desk.refusal(user)).isEqualTo(Kind.FULL);
        assertThat(desk.refusal(agent)).isEqualTo(Kind.FULL);
        desk.state.apply(new Event.UserRemoved("anna", List.of(new UUID(7, 0)), AT));
        assertThat(desk.refusal(user)).isNull();
    }
}
