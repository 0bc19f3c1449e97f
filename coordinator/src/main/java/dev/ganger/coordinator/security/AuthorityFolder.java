package dev.ganger.coordinator.security;

import dev.ganger.model.Bytes;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.CredentialFolder;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Pem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the authority is kept, for the coordinator's own user only; made at the first start, whole or not at all. */
public final class AuthorityFolder {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityFolder.class);
    private static final String KEY = "authority.key";
    private static final String CERTIFICATE = "authority.crt";
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private final Path folder;

    public AuthorityFolder(Path folder) {
        this.folder = folder;
    }

    /** What is there is no authority: who joined would not be known any more, so nothing is made anew. */
    public static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(Path folder, String why) {
            super("the authority in %s cannot be used: %s; restore %s and %s from a backup, or remove the folder if every agent and user shall join again"
                    .formatted(folder, why, KEY, CERTIFICATE));
        }
    }

    /** Whether there is one, or what is left of one. */
    public boolean exists() {
        return Files.exists(folder.resolve(KEY)) || Files.exists(folder.resolve(CERTIFICATE));
    }

    /** Throws {@link Damaged}, in a sentence, for what is no authority. */
    public Authority open(Duration lifeOfAgents, InstantSource clock) throws IOException {
        var files = new CredentialFolder(folder);
        if (!exists()) {
            make(clock);
        }
        warnIfOthersRead(folder);
        warnIfOthersRead(folder.resolve(KEY));
        try {
            var authority = new Authority(Certificates.read(Pem.read(Pem.CERTIFICATE, text(files, CERTIFICATE))),
                    Keys.readPrivate(Pem.read(Pem.PRIVATE_KEY, text(files, KEY))), lifeOfAgents, clock);
            if (authority.nearsItsEnd()) {
                LOG.warn("the authority in {} ends on {}, and with it every certificate; everybody joins again then", folder,
                        authority.certificate().getNotAfter().toInstant());
            }
            return authority;
        } catch (IllegalArgumentException wrong) {
            throw new Damaged(folder, String.valueOf(wrong.getMessage()));
        }
    }

    private String text(CredentialFolder files, String name) throws IOException {
        var text = files.text(name);
        if (text == null) {
            throw new Damaged(folder, name + " is missing");
        }
        return text;
    }

    private void make(InstantSource clock) throws IOException {
        var fresh = folder.resolveSibling(folder.getFileName() + ".new");
        var files = new CredentialFolder(fresh);
        var key = Keys.generate();
        files.write(KEY, Pem.text(Pem.PRIVATE_KEY, Bytes.wrap(key.getPrivate().getEncoded())));
        files.write(CERTIFICATE, Pem.text(Pem.CERTIFICATE, Certificates.der(Authority.certificate(key, clock))));
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        try (var parent = FileChannel.open(folder.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    private static void warnIfOthersRead(Path path) throws IOException {
        var permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
            LOG.warn(
                    "{} is not only for its owner, and who can read the authority's key can be anybody here; 'chmod go= {}' mends that",
                    path, path);
        }
    }
}
