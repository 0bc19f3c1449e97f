package dev.ganger.config;

import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class FoldersTest {
    @Test
    void dataOfRootAreWhereTheSystemKeepsData() {
        assertThat(data(true, Map.of("XDG_DATA_HOME", "/data", "HOME", "/root"))).isEqualTo("/var/lib/ganger/agent/one");
    }

    @Test
    void dataOfAUserAreWhereXdgSays() {
        assertThat(data(false, Map.of("HOME", "/home/ada"))).isEqualTo("/home/ada/.local/share/ganger/agent/one");
        assertThat(data(false, Map.of("XDG_DATA_HOME", "/data", "HOME", "/home/ada"))).isEqualTo("/data/ganger/agent/one");
    }

    @Test
    void configurationIsWhereXdgSays() {
        assertThat(Folders.configuration(Map.of("HOME", "/home/ada"))).isEqualTo("/home/ada/.config/ganger");
        assertThat(Folders.configuration(Map.of("XDG_CONFIG_HOME", "/my", "HOME", "/home/ada"))).isEqualTo("/my/ganger");
    }

    @Test
    void aRelativeOrEmptyVariableCountsAsNotSet() {
        assertThat(data(false, Map.of("XDG_DATA_HOME", "data", "HOME", "/home/ada")))
                .isEqualTo("/home/ada/.local/share/ganger/agent/one");
        var account = System.getProperty("user.home") + "/.local/share/ganger/agent/one";
        assertThat(data(false, Map.of("XDG_DATA_HOME", "", "HOME", ""))).isEqualTo(account);
        assertThat(data(false, Map.of())).isEqualTo(account);
    }

    private static String data(boolean root, Map<String, String> environment) {
        return Folders.data("agent/one", environment, root);
    }
}
