package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Keys and certificates as they are written and read. */
final class KeysTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void keysAreReadAsTheyWereWritten() {
        var pair = Keys.generate();
        assertThat(Keys.readPublic(Bytes.wrap(pair.getPublic().getEncoded()))).isEqualTo(pair.getPublic());
        var text = Pem.text(Pem.PRIVATE_KEY, Bytes.wrap(pair.getPrivate().getEncoded()));
        assertThat(text).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("\n-----END PRIVATE KEY-----\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 64);
        assertThat(Keys.readPrivate(Pem.read(Pem.PRIVATE_KEY, text))).isEqualTo(pair.getPrivate());
    }

    @Test
    void oneKeyHasOneHash() {
        var pair = Keys.generate();
        assertThat(Keys.hash(pair.getPublic())).isEqualTo(Keys.hash(Keys.readPublic(Bytes.wrap(pair.getPublic().getEncoded()))));
        assertThat(Keys.hash(pair.getPublic())).isNotEqualTo(Keys.hash(Keys.generate().getPublic()));
        assertThat(Keys.hash(pair.getPublic()).size()).isEqualTo(32);
    }

    @Test
    void onlyKeysOnOneCurveAreTaken() throws Exception {
        for (var curve : new String[]{"secp384r1", "secp521r1"}) {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            assertThatThrownBy(() -> Keys.readPublic(Bytes.wrap(generator.generateKeyPair().getPublic().getEncoded())))
                    .hasMessage("a public key is on the curve P-256");
        }
        assertThatThrownBy(() -> Keys.readPublic(Bytes.utf8("key"))).hasMessageStartingWith("this is no public key");
        assertThatThrownBy(() -> Keys.readPrivate(Bytes.utf8("key"))).hasMessageStartingWith("this is no private key");
        assertThatThrownBy(() -> Certificates.read(Bytes.utf8("certificate"))).hasMessageStartingWith("this is no certificate");
    }

    @Test
    void credentialsThatAreNotThereAreNoneAndDamagedOnesAreASentence() throws IOException {
        var credentials = new CredentialFolder(folder.resolve("lab"));
        assertThat(credentials.read()).isNull();
        credentials.write("identity.crt", "nonsense");
        assertThat(credentials.read()).isNull();
        credentials.write("identity.key", "nonsense");
        credentials.write("authority.crt", "nonsense");
        assertThatThrownBy(credentials::read).isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "the file " + folder.resolve("lab/authority.crt") + " is damaged (this is no certificate");
    }

    @Test
    void whatIsWrittenReplacesWhatWasThereAndWhatACrashLeft() throws IOException {
        var credentials = new CredentialFolder(folder.resolve("lab"));
        credentials.write("name", "one");
        Files.writeString(folder.resolve("lab/name.new"), "half of a file that is longer than the next one");
        credentials.write("name", "two");
        assertThat(credentials.text("name")).isEqualTo("two");
        assertThat(folder.resolve("lab/name.new")).doesNotExist();
    }
}
