package dev.ganger.cli.install;

import java.util.List;

/** What ssh means when it does not get to a host, and what to do about it. */
final class SshTrouble {
    private static final String HOST = "HOST";

    /** The first that is among what ssh said counts. */
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning("REMOTE HOST IDENTIFICATION HAS CHANGED",
                    "its host key is another one than before; if that is meant, 'ssh-keygen -R' forgets the old one"),
            new Meaning("Host key verification failed",
                    "its host key is not known; connect once by 'ssh HOST', or say --ssh-option StrictHostKeyChecking=accept-new"),
            new Meaning("Permission denied",
                    "it does not let this user in by key; 'ssh HOST' has to work without a password, see ssh-copy-id and ssh-add"),
            new Meaning("Could not resolve hostname", "there is no host of this name"),
            new Meaning("Connection refused",
                    "nobody answers ssh there; is sshd running, and on the port that ssh's configuration says?"),
            new Meaning("timed out", "it does not answer; is it up, and does a firewall let ssh through?"),
            new Meaning("No route to host", "there is no way to it; is it up, and is this network the right one?"));

    private SshTrouble() {}

    private record Meaning(String said, String sentence) {}

    static String sentence(String host, Answer answer) {
        for (var meaning : MEANINGS) {
            if (answer.err().contains(meaning.said())) {
                return meaning.sentence().replace(HOST, host);
            }
        }
        return "ssh failed: " + answer.complaint();
    }
}
