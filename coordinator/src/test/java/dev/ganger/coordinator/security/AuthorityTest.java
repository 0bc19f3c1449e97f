package dev.ganger.coordinator.security;

import dev.ganger.trust.Certificates;
import dev.ganger.trust.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The authority, what it certifies, and where it is kept. */
final class AuthorityTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int CERTIFICATES = 5;

    @TempDir
    Path data = Path.of("");
    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);

    private Path folder() {
        return data.resolve("security");
    }

    private Authority open() throws IOException {
        return new AuthorityFolder(folder()).open(WEEK, time::get);
    }

    private static void assertLife(X509Certificate certificate, Duration before, Duration after) {
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minus(before));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(after));
    }

    @Test
    void itIsMadeOnceAndKeptForItsOwnerOnly() throws IOException {
        var made = open();
        assertThat(open().certificate()).isEqualTo(made.certificate());
        assertThat(new AuthorityFolder(data.resolve("other")).open(WEEK, time::get).fingerprint())
                .isNotEqualTo(made.fingerprint());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder()))).isEqualTo("rwx------");
        try (var files = Files.list(folder())) {
            assertThat(files.toList()).hasSize(2).allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
        }
        assertThat(data.resolve("security.new")).doesNotExist();
    }

    @Test
    void whatACrashLeftOfTheFirstStartIsNoAuthority() throws IOException {
        Files.createDirectories(data.resolve("security.new"));
        Files.writeString(data.resolve("security.new/authority.key"), "half");
        assertThat(open().certificate()).isEqualTo(open().certificate());
    }

    @Test
    void whatIsDamagedIsASentenceAndNothingIsMadeAnew() throws IOException {
        open();
        var key = Files.readString(folder().resolve("authority.key"));
        var certificate = Files.readString(folder().resolve("authority.crt"));
        assertDamaged("authority.key", "nonsense", "there is no '-----BEGIN PRIVATE KEY-----' in it");
        assertDamaged("authority.key", key.replaceFirst("\n...", "\nAAA"), "this is no private key");
        Files.writeString(folder().resolve("authority.key"), key);
        assertDamaged("authority.crt", certificate.replaceFirst("\n...", "\nAAA"), "this is no certificate");
        assertDamaged("authority.crt", "", "there is no '-----BEGIN CERTIFICATE-----' in it");
        Files.delete(folder().resolve("authority.crt"));
        assertThatThrownBy(this::open).isInstanceOf(AuthorityFolder.Damaged.class).hasMessage(
                "the authority in %s cannot be used: authority.crt is missing; restore authority.key and authority.crt from a backup, or remove the folder if every agent and user shall join again"
                        .formatted(folder()));
    }

    private void assertDamaged(String file, String content, String why) throws IOException {
        Files.writeString(folder().resolve(file), content);
        assertThatThrownBy(this::open).isInstanceOf(AuthorityFolder.Damaged.class).hasMessageContaining(why);
    }

    @Test
    void aKeyOfAnotherAuthorityIsASentence() throws IOException {
        open();
        new AuthorityFolder(data.resolve("other")).open(WEEK, time::get);
        Files.copy(data.resolve("other/authority.key"), folder().resolve("authority.key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::open).hasMessageContaining("the key is not the one of the certificate");
    }

    @Test
    void itCertifiesForTwentyYearsAndBelowItNobody() throws Exception {
        var certificate = open().certificate();
        assertLife(certificate, Duration.ofDays(1), Duration.ofDays(20 * 365));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getKeyUsage()[CERTIFICATES]).isTrue();
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(Certificates.name(certificate)).startsWith("Ganger authority ");
    }

    @Test
    void theCoordinatorsOwnCertificateHasOneNameWhereverItIs() throws Exception {
        var server = open().server().certificate();
        assertLife(server, Duration.ofHours(1), Duration.ofDays(90));
        assertThat(server.getSubjectAlternativeNames()).containsExactly(List.of(2, "coordinator.ganger"));
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertLeaf(server);
        assertThat(open().server().certificate().getPublicKey()).isNotEqualTo(server.getPublicKey());
    }

    private void assertLeaf(X509Certificate certificate) throws IOException {
        assertThat(Certificates.isSignedBy(certificate, open().certificate())).isTrue();
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage()[DIGITAL_SIGNATURE]).isTrue();
        assertThat(certificate.getKeyUsage()[CERTIFICATES]).isFalse();
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(128);
    }

    @Test
    void theCertificateOfAnAgentSaysWhichInstallationItIs() throws Exception {
        var key = Keys.generate();
        var instance = new UUID(1, 2);
        var agent = open().agent("rack 7, \u00e4 + b=\"c\"", instance, key.getPublic());
        assertLife(agent, Duration.ofHours(1), WEEK);
        assertThat(agent.getSubjectAlternativeNames()).containsExactly(List.of(6, "ganger:agent:" + instance));
        assertThat(agent.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(Certificates.name(agent)).isEqualTo("rack 7, \u00e4 + b=\"c\"");
        assertThat(Certificates.id(agent, Certificates.AGENT)).isEqualTo(instance);
        assertThat(Certificates.id(agent, Certificates.USER)).isNull();
        assertThat(agent.getPublicKey()).isEqualTo(key.getPublic());
        assertLeaf(agent);
    }

    @Test
    void theCertificateOfAUserIsForAYearAndNeverBeyondTheAuthority() throws IOException {
        var identity = new UUID(3, 4);
        var user = open().user("ann", identity, Keys.generate().getPublic());
        assertLife(user, Duration.ofHours(1), Duration.ofDays(365));
        assertThat(Certificates.id(user, Certificates.USER)).isEqualTo(identity);
        time.set(NOW.plus(Duration.ofDays(20 * 365 - 10)));
        assertThat(open().user("ann", identity, Keys.generate().getPublic()).getNotAfter())
                .isEqualTo(open().certificate().getNotAfter());
    }

    @Test
    void theMiddleOfAShortLifeIsYetToCome() {
        for (var life : List.of(Authority.LEAST_LIFE, Duration.ofMinutes(1), Duration.ofHours(1), WEEK)) {
            var agent = SampleAuthority.fresh(time::get, life).agent("vm-1", new UUID(1, 2), Keys.generate().getPublic());
            var from = agent.getNotBefore().toInstant();
            var middle = from.plus(Duration.between(from, agent.getNotAfter().toInstant()).dividedBy(2));
            assertThat(middle).isBetween(NOW.plus(life.multipliedBy(4).dividedBy(10)).truncatedTo(ChronoUnit.SECONDS),
                    NOW.plus(life.dividedBy(2)));
        }
    }

    @Test
    void whatTheCoordinatorShowsIsCertifiedAnewInTheMiddleOfItsLife() {
        var server = new ServerCredentials(SampleAuthority.fresh(time::get));
        var first = server.get();
        time.set(NOW.plus(Duration.ofDays(44)));
        assertThat(server.get()).isSameAs(first);
        time.set(NOW.plus(Duration.ofDays(46)));
        assertThat(server.get().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(136)));
        assertThat(server.get().key()).isSameAs(first.key());
        time.set(NOW.plus(Duration.ofDays(1_000)));
        assertThat(server.get().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(1_090)));
    }

    @Test
    void peersPassTheHandshakeWithWhatTheAuthoritySignedForClientsUntilAndAfterItsEnd() throws Exception {
        var authority = open();
        var peers = new OwnCertificates(authority);
        var agent = authority.agent("vm-1", new UUID(1, 2), Keys.generate().getPublic());
        peers.checkClientTrusted(new X509Certificate[]{agent, authority.certificate()}, "EC");
        time.set(NOW.plus(Duration.ofDays(300)));
        peers.checkClientTrusted(new X509Certificate[]{agent}, "EC");
        time.set(NOW.minus(Duration.ofHours(2)));
        assertThatThrownBy(() -> peers.checkClientTrusted(new X509Certificate[]{agent}, "EC")).hasMessageContaining("validity");
        time.set(NOW);
        assertThatThrownBy(() -> peers.checkClientTrusted(new X509Certificate[]{authority.server().certificate()}, "EC"))
                .hasMessage("this certificate is not for clients");
        assertThatThrownBy(() -> peers.checkClientTrusted(new X509Certificate[]{authority.certificate()}, "EC"))
                .hasMessage("this certificate is not for clients");
        var other = SampleAuthority.fresh(time::get).agent("vm-1", new UUID(1, 2), Keys.generate().getPublic());
        assertThatThrownBy(() -> peers.checkClientTrusted(new X509Certificate[]{other}, "EC"))
                .hasMessageContaining("this certificate is not of this coordinator's authority");
    }
}
