package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What ssh says becomes what to do; InstallIT hears it from the real one. */
final class SshTroubleTest {
    private final FakeHosts hosts;

    SshTroubleTest(@TempDir Path folder) {
        hosts = new FakeHosts(folder);
    }

    @Test
    void eachMeansSomething() {
        assertMeaning("ssh: Could not resolve hostname h: Name or service not known", "there is no host of this name");
        assertMeaning("Host key verification failed.", "its host key is not known; connect once by 'ssh me@h'");
        assertMeaning("bob@h: Permission denied (publickey).", "it does not let this user in by key; 'ssh me@h' has to work");
        assertMeaning("ssh: connect to host h port 22: Connection refused", "nobody answers ssh there");
        assertMeaning("ssh: connect to host h port 22: Connection timed out", "it does not answer");
        assertMeaning("ssh: connect to host h port 22: No route to host", "there is no way to it");
        assertMeaning("kex_exchange_identification: odd", "ssh failed: kex_exchange_identification: odd");
    }

    private void assertMeaning(String said, String sentence) {
        hosts.put("h", "ssh-says", "Warning: something\n" + said);

        assertThatThrownBy(() -> hosts.way("me@h").ask(Request.of("look"), Payload.NOTHING)).isInstanceOf(Failure.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void aHostThatIsAnotherOneIsNotOneThatIsUnknown() {
        hosts.put("h", "ssh-says", "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.");

        assertThatThrownBy(() -> hosts.way("h").ask(Request.of("look"), Payload.NOTHING)).isInstanceOf(Failure.class)
                .hasMessageStartingWith("its host key is another one than before");
    }

    @Test
    void anOptionIsNoHost() {
        assertThatThrownBy(() -> hosts.way("-oProxyCommand=x")).isInstanceOf(Failure.class)
                .hasMessage("expected a host as ssh understands it, for example ubuntu@web-7, not '-oProxyCommand=x'");
    }
}
