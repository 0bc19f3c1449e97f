package dev.ganger.cli.view;

import dev.ganger.cli.client.CreatedToken;
import dev.ganger.model.Admission;
import dev.ganger.model.Token;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How tokens are shown. */
public final class Tokens {
    public static final Shape<Token> SHAPE = new Shape<>(List.of(
            Column.word("ID", Token::id),
            Column.word("FOR", Tokens::kind),
            Column.wide("NAME", Tokens::name),
            Column.word("ROLE", 1, Tokens::role),
            Column.number("USES", 3, token -> token.uses() == 0 ? null : token.uses()),
            Column.number("USED", 4, Token::used),
            Column.state("STATE", Tokens::state),
            Column.word("EXPIRES", 2, token -> Words.shortTime(token.expiresAt())),
            Column.wide("BY", 5, Token::createdBy)), Tokens::write, Token::id);

    private Tokens() {}

    private static String kind(Token token) {
        return token.admission() instanceof Admission.OfAgent ? "agent" : "user";
    }

    private static @Nullable String name(Token token) {
        return Jobs.known(switch (token.admission()) {
            case Admission.OfAgent agent -> agent.name();
            case Admission.OfUser user -> user.name();
        });
    }

    private static @Nullable String role(Token token) {
        return token.admission() instanceof Admission.OfUser user ? user.role().word() : null;
    }

    private static SortedMap<String, String> labels(Token token) {
        return token.admission() instanceof Admission.OfAgent agent ? agent.labels() : new TreeMap<>();
    }

    /** Whether somebody may still join with it, and else why not. */
    private static String state(Token token) {
        if (token.revokedAt() != null) {
            return "revoked";
        }
        if (token.uses() > 0 && token.used() >= token.uses()) {
            return "used-up";
        }
        return token.expiresAt() != null && token.expiresAt().isBefore(Instant.now()) ? "expired" : "open";
    }

    private static void write(Json json, Token token) {
        json.text("id", token.id())
                .text("for", kind(token))
                .text("name", name(token))
                .text("role", role(token))
                .object("labels", object -> labels(token).forEach(object::text))
                .number("uses", token.uses() == 0 ? null : (Number) token.uses())
                .number("used", token.used())
                .text("state", state(token))
                .truth("local", token.local())
                .text("expiresAt", Words.time(token.expiresAt()))
                .text("createdAt", Words.time(token.createdAt()))
                .text("createdBy", Jobs.known(token.createdBy()))
                .text("revokedAt", Words.time(token.revokedAt()));
    }

    /** For people the command line that uses it, alone on standard output, and beside it what it is good for. */
    public static void created(Output output, CreatedToken created) {
        var token = created.token();
        if (output.format() == Format.TABLE) {
            output.note(use(token));
        }
        var how = token.admission() instanceof Admission.OfAgent ? "ganger agent run --join " : "ganger login ";
        output.done(how + created.line(), json -> {
            write(json, token);
            json.text("token", created.line());
        }, created.line());
    }

    /** Who may join with it, as what, how often and until when. */
    private static String use(Token token) {
        var labels = labels(token).entrySet().stream().map(Tokens::pair).toList();
        var who = switch (token.admission()) {
            case Admission.OfAgent agent -> (agent.name().isEmpty() ? "any agent" : "an agent named " + agent.name())
                    + (labels.isEmpty() ? "" : ", labelled " + String.join(" ", labels));
            case Admission.OfUser user -> user.name() + ", as " + user.role().word();
        };
        return "token %s lets in %s; %s, until %s; whoever reads it can use it".formatted(token.id(), who,
                token.uses() == 1 ? "once" : Words.count(token.uses(), "time"), Words.shortTime(token.expiresAt()));
    }

    private static String pair(Map.Entry<String, String> label) {
        return label.getKey() + "=" + label.getValue();
    }

    public static void revoked(Output output, String id) {
        output.done("token " + id + ": revoked; who has joined with it stays", json -> json.text("token", id), id);
    }
}
