package dev.ganger.trust;

/** How a client of the coordinator knows it, and is known by it. */
public sealed interface Trust {
    /** Nobody knows anybody: plain text, on this machine only. */
    record Nobody() implements Trust {}

    /** The coordinator by its authority's fingerprint; who asks is nobody yet. */
    record Pinned(Fingerprint authority) implements Trust {}

    /** Both know each other. */
    record Mutual(PresentedKey key) implements Trust {
        public Mutual(Credentials credentials) {
            this(new PresentedKey(credentials));
        }
    }
}
