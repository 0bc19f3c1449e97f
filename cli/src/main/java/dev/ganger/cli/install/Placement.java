package dev.ganger.cli.install;

import java.util.List;

/**
 * How a service is to stand on a host, as far as somebody said so.
 *
 * @param prefix where the programs go; empty: where the host puts them
 * @param user   as whom it runs; empty: whom the host chooses
 * @param name   the agent's; empty: the one it has, or the host's
 * @param lines  what its configuration says besides, if it is written
 * @param insist the configuration that is there gives way to this
 */
public record Placement(String prefix, String user, String name, List<String> lines, boolean insist) {
    public Placement {
        lines = List.copyOf(lines);
    }

    /** The request on a host that has this prefix and this user. */
    Request at(Request request) {
        return request.with("prefix", prefix).with("user", user);
    }
}
