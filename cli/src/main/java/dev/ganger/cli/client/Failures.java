package dev.ganger.cli.client;

import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import io.grpc.Status;
import io.grpc.StatusException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Says what a gRPC status means to the person at the keyboard. */
final class Failures {
    static final String TO_THE_ADDRESS = "; see --coordinator and GANGER_COORDINATOR";

    private final Destination coordinator;
    private final Handshake handshake;

    Failures(Destination coordinator) {
        this.coordinator = coordinator;
        this.handshake = new Handshake(coordinator);
    }

    Failure of(StatusException problem) {
        var status = problem.getStatus();
        return switch (status.getCode()) {
            case INVALID_ARGUMENT, ALREADY_EXISTS -> said(Kind.USAGE, problem);
            case NOT_FOUND, OUT_OF_RANGE -> said(Kind.NOT_FOUND, problem);
            case UNAUTHENTICATED -> coordinator.isExpired() ? handshake.expired(problem) : said(Kind.NOT_ALLOWED, problem);
            case PERMISSION_DENIED, FAILED_PRECONDITION -> said(Kind.NOT_ALLOWED, problem);
            case RESOURCE_EXHAUSTED -> said(Kind.QUEUE_FULL, problem);
            case UNAVAILABLE, CANCELLED -> new Failure(Kind.UNREACHABLE, unreachable(status), problem);
            case DEADLINE_EXCEEDED -> new Failure(Kind.UNREACHABLE,
                    "the coordinator at " + coordinator + " did not answer in time; see whether it is overloaded", problem);
            case OK, UNKNOWN, ABORTED, INTERNAL, DATA_LOSS, UNIMPLEMENTED -> new Failure(Kind.FAILED,
                    "the coordinator at " + coordinator + " failed: " + description(status) + "; its log says more", problem);
        };
    }

    /** The other side answered, but not as the contract says. */
    Failure broken(String what) {
        return broken(what, "it may be of another version");
    }

    Failure broken(String what, String advice) {
        return new Failure(Kind.FAILED, "the coordinator at " + coordinator + " " + what + "; " + advice);
    }

    /** The other side has not even greeted. */
    Failure strange(StatusException problem) {
        var explained = handshake.explain(problem);
        if (explained != null) {
            return explained;
        }
        var connected = causeOf(problem, ConnectException.class) == null && causeOf(problem, UnknownHostException.class) == null;
        return switch (problem.getStatus().getCode()) {
            case UNAVAILABLE, CANCELLED, INTERNAL, UNKNOWN -> connected
                    ? new Failure(Kind.UNREACHABLE,
                            "what answers at " + coordinator + nature(problem), problem)
                    : of(problem);
            default -> of(problem);
        };
    }

    /** By the first bytes of what came instead of a greeting, which the transport quotes. */
    private String nature(Throwable problem) {
        for (var each = problem; each != null; each = each.getCause()) {
            var message = String.valueOf(each.getMessage());
            if (message.contains("485454502f") || message.contains("HTTP/1.")) {
                return " is no coordinator: it is a web server" + TO_THE_ADDRESS;
            }
            if (message.contains("bytes: 1503")) {
                return " wants TLS; leave out --insecure";
            }
        }
        return " is no coordinator: it ended the connection, or says something else"
                + (coordinator.trust() instanceof Trust.Nobody ? "; if it wants TLS, leave out --insecure" : TO_THE_ADDRESS);
    }

    static Failure interrupted(InterruptedException cause) {
        return new Failure(Kind.INTERRUPTED, "interrupted", cause);
    }

    /** There is no connection, or no longer. */
    static boolean lost(StatusException problem) {
        var code = problem.getStatus().getCode();
        return code == Status.Code.UNAVAILABLE || code == Status.Code.CANCELLED;
    }

    /** Nobody said anything. */
    static boolean silent(StatusException problem) {
        return lost(problem) || problem.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED;
    }

    private static Failure said(Kind kind, StatusException problem) {
        return new Failure(kind, description(problem.getStatus()), problem);
    }

    private String unreachable(Status status) {
        var cause = status.getCause();
        if (causeOf(cause, UnknownHostException.class) != null) {
            return "cannot reach the coordinator at " + coordinator + ": no such host '" + coordinator.address().host() + "'"
                    + TO_THE_ADDRESS;
        }
        if (causeOf(cause, ConnectException.class) instanceof ConnectException problem) {
            return unreachable(coordinator.address(), reason(problem));
        }
        return "lost the coordinator at " + coordinator + ": " + description(status) + "; see whether it runs, and try again";
    }

    /** Nobody listens there. */
    static String refused(Address address) {
        return unreachable(address, "connection refused");
    }

    private static String unreachable(Address address, String reason) {
        return "cannot reach the coordinator at " + address + ": " + reason
                + (address.isLoopback() ? "; start one with 'ganger coordinator run'" : "; see whether it runs there");
    }

    private static String reason(ConnectException problem) {
        var message = String.valueOf(problem.getMessage());
        if (message.contains("refused")) {
            return "connection refused";
        }
        return message.contains("timed out") ? "no answer" : message;
    }

    private static String description(Status status) {
        var description = status.getDescription();
        return description == null || description.isBlank() ? "it said only " + status.getCode() : description;
    }

    private static <T extends Throwable> @Nullable T causeOf(@Nullable Throwable problem, Class<T> type) {
        for (var each = problem; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
