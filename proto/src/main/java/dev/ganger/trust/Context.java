package dev.ganger.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A coordinator as one user knows it: where it is, and who the user is there. */
public final class Context {
    private static final String ADDRESSES = "coordinator";
    private static final String AGENT_TOKEN = "agent-token";

    /** What its owner named it, or the path that was given. */
    private final String name;
    private final CredentialFolder folder;

    Context(String name, Path folder) {
        this.name = name;
        this.folder = new CredentialFolder(folder);
    }

    public String name() {
        return name;
    }

    public CredentialFolder folder() {
        return folder;
    }

    /** Each HOST:PORT; the first is used. Empty if it is nowhere any more. */
    public List<String> addresses() throws IOException {
        var text = folder.text(ADDRESSES);
        return text == null ? List.of() : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** Replaces all that it had. */
    public void setAddresses(List<String> addresses) throws IOException {
        folder.write(ADDRESSES, addresses.isEmpty() ? "" : String.join("\n", addresses) + "\n");
    }

    /** Whether this is one of its addresses; names of the machine's own loopback are one. */
    public boolean isAt(String address) throws IOException {
        var wanted = leveled(address);
        return addresses().stream().anyMatch(each -> leveled(each).equals(wanted));
    }

    private static String leveled(String address) {
        var colon = address.lastIndexOf(':');
        var host = colon < 0 ? address : address.substring(0, colon);
        return switch (host) {
            case "localhost", "127.0.0.1", "[::1]" -> "localhost" + address.substring(host.length());
            default -> address;
        };
    }

    /** The word with which agents on the coordinator's own machine join; null: this context has none. */
    public @Nullable String agentToken() throws IOException {
        var text = folder.text(AGENT_TOKEN);
        return text == null ? null : text.strip();
    }

    public void setAgentToken(TokenLine token) throws IOException {
        folder.write(AGENT_TOKEN, token.word() + "\n");
    }

    @Override
    public String toString() {
        return name;
    }
}
