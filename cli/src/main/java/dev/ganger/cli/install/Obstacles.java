package dev.ganger.cli.install;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a host cannot have what is to be installed. */
final class Obstacles {
    private static final Pattern GLIBC = Pattern.compile("glibc ([0-9]+)\\.([0-9]+).*");
    private static final int LEAST_MINOR = 34;

    private Obstacles() {}

    /** The first, in a sentence; null if there is none. */
    static @Nullable String of(Facts facts, Archive archive, boolean asksForUser) {
        if (!facts.text("system").equals("Linux")) {
            return "it runs %s; coordinators and agents need Linux".formatted(facts.text("system"));
        }
        if (!facts.text("machine").equals(archive.machine())) {
            return "it is a %s machine and the archive is for %s; name the right one with --archive"
                    .formatted(facts.text("machine"), archive.machine());
        }
        if (!isNewEnough(facts.text("libc"))) {
            return "its C library is %s; Ganger needs glibc 2.%d or newer, as in Debian 12, Ubuntu 22.04 or RHEL 9"
                    .formatted(facts.text("libc").equals("none") ? "not glibc" : facts.text("libc"), LEAST_MINOR);
        }
        if (!facts.text("missing").isEmpty()) {
            return "it has no %s; install that first".formatted(facts.text("missing").replace(" ", ", no "));
        }
        if (asksForUser && !facts.truth("root")) {
            return "--user needs root there, and ssh logs in as %s; %s".formatted(facts.text("user"),
                    facts.truth("sudo") ? "--sudo gets there" : "log in as root, or leave --user out");
        }
        var freeBytes = facts.number("room") << 10;
        if (facts.text("version").isEmpty() && freeBytes < archive.roomBytes()) {
            return "there is no room in %s: %d MiB are free and %d needed; --prefix names another place"
                    .formatted(facts.text("prefix"), freeBytes >> 20, archive.roomBytes() >> 20);
        }
        return null;
    }

    private static boolean isNewEnough(String libc) {
        var version = GLIBC.matcher(libc);
        return version.matches() && (Integer.parseInt(version.group(1)) > 2 || Integer.parseInt(version.group(2)) >= LEAST_MINOR);
    }
}
