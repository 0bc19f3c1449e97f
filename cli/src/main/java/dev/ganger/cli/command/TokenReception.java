package dev.ganger.cli.command;

import dev.ganger.cli.install.Reception;

/** For whom nobody asks the coordinator: there is a token, and the agent's own word. */
record TokenReception(String token) implements Reception {
    @Override
    public String admit(String name) {
        return token;
    }

    @Override
    public boolean knows(String name) {
        return false;
    }

    @Override
    public Meeting meeting(String name, long pid) {
        return Meeting.KNOWN_THERE;
    }
}
