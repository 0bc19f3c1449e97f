package dev.ganger.cli.client;

import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.wire.Build;
import dev.ganger.wire.Version;
import io.grpc.Channel;
import io.grpc.StatusException;
import java.util.concurrent.TimeUnit;

/** What the other side is, where it does not speak as this program expects. */
final class Peer {
    private static final int ANSWER_SECONDS = 5;

    private Peer() {}

    /** Asks for its version, and says what to do about it, as the end of a sentence. */
    static String advice(Channel channel) throws InterruptedException {
        try {
            var theirs = ControlServiceGrpc.newBlockingV2Stub(channel).withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .getStatus(GetStatusRequest.getDefaultInstance()).getVersion();
            return advice(theirs);
        } catch (StatusException _) {
            return "see whether it is a coordinator of Ganger at all";
        }
    }

    private static String advice(String version) {
        var theirs = Version.parse(version);
        var own = Version.parse(Build.VERSION);
        var both = "it is Ganger " + version + " and this program is " + Build.VERSION;
        if (theirs == null || own == null || theirs.equals(own)) {
            return both + ": update both to the same version";
        }
        return both + ": update " + (theirs.isOlderThan(own) ? "the coordinator" : "this program");
    }

    /** A job for a coordinator that is too far away would be understood only in part. */
    static void check(String version, String where) {
        var theirs = Version.parse(version);
        var own = Version.parse(Build.VERSION);
        if (theirs != null && own != null && !theirs.understands(own)) {
            throw new Failure(Kind.FAILED,
                    "the coordinator at " + where + " would not understand all of this job: " + advice(version));
        }
    }
}
