package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;

/** The coordinator or the agent of one host, as a service there. */
final class Service {
    private final Way way;
    private final String role;
    private final Placement placement;

    Service(Way way, String role, Placement placement) {
        this.way = way;
        this.role = role;
        this.placement = placement;
    }

    Facts look() throws InterruptedException {
        return ask(Request.of("look"), Payload.NOTHING);
    }

    /** Puts the programs there. */
    void unpack(Archive archive) throws InterruptedException {
        var version = ask(Request.of("unpack"), Payload.file(archive.file())).text("version");
        if (!version.equals(archive.version())) {
            throw new Failure(Kind.FAILED, "the archive says by its name that it is version %s, and is %s".formatted(
                    archive.version(), version));
        }
    }

    /** Starts it with what was unpacked; what runs drains first. */
    Facts start(String version, String name, String token) throws InterruptedException {
        var request = Request.of("start").with("version", version).with("name", name)
                .with("rewrite", placement.insist() ? "yes" : "").withLines(placement.lines());
        return ask(request, token.isEmpty() ? Payload.NOTHING : Payload.text(token));
    }

    Facts state() throws InterruptedException {
        return ask(Request.of("state"), Payload.NOTHING);
    }

    Facts remove(boolean purge) throws InterruptedException {
        return ask(Request.of("remove").with("purge", purge ? "yes" : ""), Payload.NOTHING);
    }

    /** Lets the user in as an admin, as the one who runs the service. */
    Answer admit(String caller) throws InterruptedException {
        var request = Request.of("admit").with("role", role).with("caller", caller).with("name", caller);
        return way.ask(placement.at(request), Payload.NOTHING);
    }

    private Facts ask(Request request, Payload payload) throws InterruptedException {
        var answer = way.ask(placement.at(request.with("role", role)), payload);
        if (!answer.isGood()) {
            throw new Failure(Kind.FAILED, answer.complaint());
        }
        return answer.facts();
    }
}
