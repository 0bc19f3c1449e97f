package dev.ganger.cli.install;

import java.util.Map;

/** The way to this machine: there is none to go. */
public final class Here implements Way {
    private final Map<String, String> environment;
    private final boolean sudo;

    public Here(Map<String, String> environment, boolean sudo) {
        this.environment = Map.copyOf(environment);
        this.sudo = sudo;
    }

    @Override
    public Answer ask(Request request, Payload payload) throws InterruptedException {
        return Conversation.hold(request.command(sudo), environment, out -> {
            out.write(Request.preamble());
            payload.writeTo(out);
        });
    }

    @Override
    public String host() {
        return "this machine";
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
