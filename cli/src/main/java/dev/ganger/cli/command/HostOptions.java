package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which machines, and how to get there. */
final class HostOptions {
    private static final int MOST_AT_ONCE = 256;

    @Parameters(paramLabel = "HOST", arity = "0..*", description = "Machines as ssh understands them: web-7, ubuntu@10.0.0.7, a Host of ~/.ssh/config.")
    List<String> hosts = new ArrayList<>();

    @Option(names = "--local", description = "This machine, without ssh.")
    boolean local;

    @Option(names = "--parallel", paramLabel = "N", description = "So many machines at once. Default: 8.")
    int parallel = 8;

    @Option(names = "--ssh-option", paramLabel = "K=V", description = "An option of ssh, as in its configuration: Port=2222; may be repeated.")
    List<String> sshOptions = new ArrayList<>();

    @Option(names = "--sudo", description = "Become root there by sudo, which must not ask for a password.")
    boolean sudo;

    @Option(names = "--prefix", paramLabel = "DIR", description = "Where the programs are. Default: /opt/ganger as root, else ~/.local/lib/ganger there.")
    String prefix = "";

    void check() {
        if (local != hosts.isEmpty()) {
            throw Failure.usage(local
                    ? "--local means this machine; leave it out, or leave '" + String.join(" ", hosts) + "' out"
                    : "expected machines, for example ubuntu@web-7, or --local for this one");
        }
        if (parallel < 1 || parallel > MOST_AT_ONCE) {
            throw Failure.usage("--parallel is a number from 1 to %d, not %d".formatted(MOST_AT_ONCE, parallel));
        }
        checkPrefix(prefix);
    }

    static void checkPrefix(String prefix) {
        if (!prefix.isEmpty() && !prefix.matches("(/[A-Za-z0-9._+@-]+)+")) {
            throw Failure.usage("--prefix is a folder that begins with / and has letters, digits and . _ + @ - in its name, not '"
                    + prefix + "'");
        }
    }

    /** Each once. */
    List<String> distinctHosts() {
        return List.copyOf(new LinkedHashSet<>(hosts));
    }
}
