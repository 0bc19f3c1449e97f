package dev.ganger.cli.client;

import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.trust.PinnedAuthority.WrongAuthority;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why two sides did not come to know each other, before either could say anything else. */
final class Handshake {
    private static final String LOG_IN = "get a token from an admin and 'ganger login TOKEN'";
    private static final String NO_RECORD = "not an SSL/TLS record: ";
    /** The first frame of a coordinator in plain text: its length in three bytes, then its type, SETTINGS. */
    private static final Pattern SETTINGS = Pattern.compile("[0-9a-f]{6}04.*");
    private static final String WEB_SERVER = "485454502f";
    /** As the JDK and as BoringSSL name what the other side said. */
    private static final Pattern ALERT = Pattern.compile("(?s).*(?:fatal alert: |(?:SSLV3|TLSV1)_ALERT_)(\\w+).*");

    /** Alerts that have nothing to do with who one is; all others come after the other side looked at the certificate. */
    private static final Set<String> OF_THE_PROTOCOL = Set.of("protocol_version", "handshake_failure", "unexpected_message",
            "insufficient_security", "no_application_protocol");

    private final Destination coordinator;

    Handshake(Destination coordinator) {
        this.coordinator = coordinator;
    }

    /** Null if something else went wrong. */
    @Nullable
    Failure explain(Throwable problem) {
        for (var each = problem; each != null; each = each.getCause()) {
            var failure = explainOne(each, problem);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /** The innermost cause says most, and is asked first. */
    private @Nullable Failure explainOne(Throwable cause, Throwable problem) {
        var inner = cause.getCause();
        var deeper = inner == null ? null : explainOne(inner, problem);
        if (deeper != null) {
            return deeper;
        }
        return switch (cause) {
            case WrongAuthority _ -> new Failure(Kind.NOT_ALLOWED, wrongAuthority(), problem);
            case CertificateNotYetValidException _ -> new Failure(Kind.NOT_ALLOWED, clock("is not valid yet"), problem);
            case CertificateExpiredException _ -> new Failure(Kind.NOT_ALLOWED, clock("is no longer valid"), problem);
            case SSLException tls -> ofTls(String.valueOf(tls.getMessage()), problem);
            default -> null;
        };
    }

    private String wrongAuthority() {
        return "what answers at %s is not the coordinator that %s knows: another one, or somebody in between; check the address%s"
                .formatted(coordinator, who(), ", and if it was set up anew, " + LOG_IN);
    }

    private String who() {
        return coordinator.context().isEmpty() ? "this token" : "the context '" + coordinator.context() + "'";
    }

    private String clock(String how) {
        return "the certificate of the coordinator at %s %s by the clock of this machine, %s: set the clock, or restart the coordinator"
                .formatted(coordinator, how, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private @Nullable Failure ofTls(String message, Throwable problem) {
        var plain = message.indexOf(NO_RECORD);
        if (plain >= 0) {
            return new Failure(Kind.UNREACHABLE, ofPlain(message.substring(plain + NO_RECORD.length())), problem);
        }
        var alert = ALERT.matcher(message);
        if (alert.matches()) {
            return ofAlert(alert.group(1).toLowerCase(Locale.ROOT), problem);
        }
        return message.contains("closed")
                ? null
                : new Failure(Kind.UNREACHABLE,
                        "there is no TLS connection with what answers at " + coordinator + ": " + message
                                + "; is it a coordinator?",
                        problem);
    }

    private String ofPlain(String words) {
        if (SETTINGS.matcher(words).matches()) {
            return plainText(coordinator.address().toString());
        }
        return "what answers at " + coordinator + " is no coordinator: "
                + (words.contains(WEB_SERVER) ? "it is a web server" : "it does not speak TLS") + Failures.TO_THE_ADDRESS;
    }

    static String plainText(String address) {
        return "the coordinator at " + address
                + " speaks plain text, as with --insecure; give --insecure too, or start it without";
    }

    private Failure ofAlert(String alert, Throwable problem) {
        var refused = !OF_THE_PROTOCOL.contains(alert);
        return new Failure(refused ? Kind.NOT_ALLOWED : Kind.UNREACHABLE,
                "the coordinator at %s refused the TLS connection (%s)%s".formatted(coordinator, alert.replace('_', ' '),
                        refused ? "; if it was set up anew, " + LOG_IN : "; its log says why"),
                problem);
    }

    Failure expired(Throwable problem) {
        return new Failure(Kind.NOT_ALLOWED, "your certificate for %s (context '%s') ended at %s; %s".formatted(coordinator,
                coordinator.context(), coordinator.expiresAt(), LOG_IN), problem);
    }
}
