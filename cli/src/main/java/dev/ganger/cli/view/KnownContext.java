package dev.ganger.cli.view;

import dev.ganger.trust.Certificates;
import dev.ganger.trust.Context;
import dev.ganger.trust.Credentials;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A context as it is shown.
 *
 * @param current it is the one that 'ganger context use' chose
 * @param user    who one is there; null if there is no certificate, or none that can be read
 */
public record KnownContext(String name, boolean current, List<String> addresses, @Nullable String user,
        @Nullable Instant expiresAt, String folder) {
    public KnownContext {
        addresses = List.copyOf(addresses);
    }

    public static KnownContext of(Context context, boolean current) throws IOException {
        var credentials = credentials(context);
        return new KnownContext(context.name(), current, context.addresses(),
                credentials == null ? null : Certificates.name(credentials.certificate()),
                credentials == null ? null : credentials.expiresAt(), context.folder().path().toString());
    }

    private static @Nullable Credentials credentials(Context context) {
        try {
            return context.folder().read();
        } catch (IOException damaged) {
            return null;
        }
    }

    @Nullable
    String address() {
        return addresses.isEmpty() ? null : addresses.getFirst();
    }
}
