package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Credentials in a folder that only their owner may read: {@code authority.crt}, {@code identity.crt}, {@code identity.key}. */
public final class CredentialFolder {
    private static final FileAttribute<?> FOLDER_OF_OWNER = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE_OF_OWNER = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String AUTHORITY = "authority.crt";
    private static final String CERTIFICATE = "identity.crt";
    private static final String KEY = "identity.key";
    /** A key pair that no certificate has come for yet. */
    private static final String PENDING = "joining.key";

    private final Path folder;

    public CredentialFolder(Path folder) {
        this.folder = folder;
    }

    public Path path() {
        return folder;
    }

    /** Null if there are none; throws IOException, in a sentence, if they cannot be read. */
    public @Nullable Credentials read() throws IOException {
        if (!Files.exists(folder.resolve(CERTIFICATE)) || !Files.exists(folder.resolve(KEY))) {
            return null;
        }
        return new Credentials(certificate(AUTHORITY), certificate(CERTIFICATE), parsed(KEY,
                text -> Keys.readPrivate(Pem.read(Pem.PRIVATE_KEY, text))));
    }

    private X509Certificate certificate(String name) throws IOException {
        return parsed(name, text -> Certificates.read(Bytes.utf8(text)));
    }

    private <T> T parsed(String name, java.util.function.Function<String, T> read) throws IOException {
        var file = folder.resolve(name);
        var text = content(file);
        try {
            return read.apply(text);
        } catch (IllegalArgumentException damaged) {
            throw new IOException("the file %s is damaged (%s); remove the folder %s and join or log in again".formatted(file,
                    damaged.getMessage(), folder), damaged);
        }
    }

    /**
     * The keys to join with: made here once, and kept until the certificate is there, so that who did not hear the answer can ask again as the
     * same joiner.
     */
    public KeyPair keys() throws IOException {
        var text = text(PENDING);
        if (text == null) {
            var fresh = Keys.generate();
            write(PENDING, Pem.text(Pem.PRIVATE_KEY, Bytes.wrap(fresh.getPrivate().getEncoded()))
                    + Pem.text(Pem.PUBLIC_KEY, Bytes.wrap(fresh.getPublic().getEncoded())));
            return fresh;
        }
        return parsed(PENDING, pem -> new KeyPair(Keys.readPublic(Pem.read(Pem.PUBLIC_KEY, pem)),
                Keys.readPrivate(Pem.read(Pem.PRIVATE_KEY, pem))));
    }

    /** The certificate last: with it they are complete. */
    public void write(Credentials credentials) throws IOException {
        write(AUTHORITY, Pem.text(Pem.CERTIFICATE, Certificates.der(credentials.authority())));
        write(KEY, Pem.text(Pem.PRIVATE_KEY, Bytes.wrap(credentials.key().getEncoded())));
        write(CERTIFICATE, Pem.text(Pem.CERTIFICATE, Certificates.der(credentials.certificate())));
        Files.deleteIfExists(folder.resolve(PENDING));
    }

    /** The text of a file beside them; null if there is none. */
    public @Nullable String text(String name) throws IOException {
        var file = folder.resolve(name);
        return Files.exists(file) ? content(file) : null;
    }

    /** Whatever is no text in it is not what is looked for either. */
    private static String content(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Makes a folder, and what is missing above it, for nobody but its owner. */
    static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER_OF_OWNER);
        }
    }

    /** Whole or as before, on disk when this returns, and from its first moment only for its owner. */
    public void write(String name, String content) throws IOException {
        create(folder);
        var fresh = folder.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        try (var channel = FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                FILE_OF_OWNER)) {
            var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
