package dev.ganger.trust;

import dev.ganger.model.Bytes;
import dev.ganger.trust.TokenLine.Kind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The word that is handed to who shall join. */
final class TokenLineTest {
    private static final TokenLine LINE = new TokenLine(Kind.AGENT, "queue.example:7411", new Fingerprint(bytes(1)), "a1b2",
            bytes(2),
            "rack-7");

    private static Bytes bytes(int seed) {
        var bytes = new byte[32];
        var random = new SplittableRandom(seed);
        for (var index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) random.nextInt();
        }
        return Bytes.wrap(bytes);
    }

    @Test
    void itIsOneWordThatSaysItAll() {
        assertThat(LINE.word()).startsWith("ganger-agent-").matches("[A-Za-z0-9_-]+");
        assertThat(TokenLine.parse(LINE.word())).isEqualTo(LINE);
        var ofUser = new TokenLine(Kind.USER, "[fd00::1]:7411", LINE.authority(), "c3", bytes(3), "");
        assertThat(ofUser.word()).startsWith("ganger-user-");
        assertThat(TokenLine.parse(ofUser.word())).isEqualTo(ofUser);
    }

    @Test
    void oneThatWasMistypedOrCutIsNoTicket() {
        var word = LINE.word();
        for (var length = "ganger-agent-".length(); length < word.length(); length++) {
            assertDamaged(word.substring(0, length));
        }
        var prefix = "ganger-agent-".length();
        for (var place = prefix; place < word.length() - 1; place++) {
            assertDamaged(word.substring(0, place) + (word.charAt(place) == 'A' ? 'B' : 'A') + word.substring(place + 1));
        }
        assertDamaged(word + "AAAA");
        assertDamaged(word.substring(0, prefix) + "!!");
    }

    private static void assertDamaged(String word) {
        assertThatThrownBy(() -> TokenLine.parse(word)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this token is damaged: was all of it copied?");
    }

    @Test
    void whatIsNoneIsSaidToBeNone() {
        assertThatThrownBy(() -> TokenLine.parse("password")).hasMessage("this is no token: one begins with 'ganger-agent-' or"
                + " 'ganger-user-'; 'ganger token create' makes one");
    }

    @Test
    void itsSecretIsNotInWhatIsLogged() {
        assertThat(LINE).hasToString("ganger-agent-a1b2 for queue.example:7411");
        assertThat(LINE.toString()).doesNotContain(LINE.secret().hex());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new TokenLine(Kind.AGENT, "a:1", LINE.authority(), "i", Bytes.wrap(new byte[16]), ""))
                .hasMessage("a secret has 32 bytes, not 16");
        assertThatThrownBy(() -> new TokenLine(Kind.AGENT, "a".repeat(256), LINE.authority(), "i", LINE.secret(), "").word())
                .hasMessageContaining("is too long for a token");
    }
}
