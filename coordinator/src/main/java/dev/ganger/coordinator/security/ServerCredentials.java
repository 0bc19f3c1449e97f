package dev.ganger.coordinator.security;

import dev.ganger.trust.Credentials;

/** What the coordinator shows: made at its start, and certified anew in the middle of each certificate's life. */
final class ServerCredentials {
    private final Authority authority;
    private volatile Credentials present;

    ServerCredentials(Authority authority) {
        this.authority = authority;
        this.present = authority.server();
    }

    /** Those of the moment; the key stays, so that whoever asks for it a moment later has the one of the certificate. */
    Credentials get() {
        var known = present;
        return authority.now() < known.renewAt().toEpochMilli() ? known : renewed();
    }

    private synchronized Credentials renewed() {
        if (authority.now() >= present.renewAt().toEpochMilli()) {
            present = authority.renewed(present);
        }
        return present;
    }
}
