package dev.ganger.system;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/** Installing from the archive that is shipped, over the real ssh, on machines that have neither Java nor systemd. */
@TestInstance(Lifecycle.PER_CLASS)
final class InstallIT {
    private static final String ALL_OF_GANGER = "find / -xdev \\( -path /proc -o -path /sys \\) -prune -o"
            + " \\( -name '*ganger*' ! -name 'hsperfdata_*' \\) -print; getent passwd ganger; pgrep -r D,R,S -l java || :";
    private final Grounds grounds;

    InstallIT() {
        Engine.assumeItAnswers();
        grounds = new Grounds().withCoordinator();
    }

    @AfterAll
    void end() {
        grounds.close();
    }

    @Test
    void agentsAreInstalledLeftAloneUpgradedAndTakenAwayAgain() {
        assertThat(grounds.does("agent install root@east bob@west --label 'zone=it'\\''s a'"))
                .contains("root@east: agent east installed")
                .contains("bob@west: agent west installed");
        assertThat(grounds.does("agents -o json")).contains("\"zone\":\"it's a\"");
        assertThat(grounds.does("run --on east id -un")).isEqualTo("ganger\n");
        assertThat(grounds.does("run --on west id -un")).isEqualTo("bob\n");

        assertThat(grounds.does("agent install root@east bob@west")).contains("root@east: agent east is already installed")
                .contains("bob@west: agent west is already installed");

        upgradeWhatRuns();

        assertThat(grounds.does("agent uninstall root@east"))
                .contains("left there: /etc/ganger/agent.yaml, /var/lib/ganger/agent/east");
        assertThat(grounds.does("agent uninstall --purge root@east bob@west")).contains("bob@west: uninstalled");
        assertThat(grounds.east.does(ALL_OF_GANGER)).isEmpty();
        assertThat(grounds.west.does(ALL_OF_GANGER)).isEmpty();
        assertThat(grounds.does("agents -o quiet")).isEmpty();
    }

    /** What the agent runs is finished first: here something that ends when the new version has been unpacked. */
    private void upgradeWhatRuns() {
        grounds.queue
                .does("mkdir new && tar -C new -xzf ganger-*.tar.gz && cd new && mv ganger-* ganger-9.9.9 && cd ganger-9.9.9/bin"
                        + " && mv ganger real && printf '#!/bin/sh\\n[ \"$1\" != --version ] || { echo ganger 9.9.9; exit; }\\n"
                        + "exec \"$(dirname \"$(readlink -f \"$0\")\")\"/real \"$@\"\\n' >ganger && chmod 755 ganger"
                        + " && cd ../.. && tar -czf ../ganger-9.9.9-linux-$(uname -m).tar.gz ganger-9.9.9");
        var job = grounds.does("submit --on east sh -c 'until [ -d /opt/ganger/ganger-9.9.9 ]; do sleep 0.1; done'").strip();
        grounds.queue.does("until ganger jobs --state running -o quiet | grep -qx " + job + "; do sleep 0.2; done");
        assertThat(grounds.does("agent install root@east --archive ganger-9.9.9-linux-$(uname -m).tar.gz"))
                .contains("agent east upgraded to version 9.9.9");
        assertThat(grounds.does("show " + job + " -o json")).contains("\"state\":\"succeeded\"");
        assertThat(grounds.east.does("ls -d /opt/ganger/ganger-*/")).isEqualTo("/opt/ganger/ganger-9.9.9/\n");
    }

    @Test
    void whatSshSaysBecomesWhatToDo() {
        grounds.queue.does("printf 'Host stranger\\n HostName west\\n UserKnownHostsFile /dev/null\\n"
                + "Host keyless\\n HostName west\\n HostKeyAlias west\\n IdentityFile /dev/null\\n IdentitiesOnly yes\\n"
                + "Host shut\\n HostName west\\n Port 23\\n' >.ssh/config");
        var said = grounds.ganger("agent install nosuch stranger keyless shut bob@east");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("ganger: nosuch: there is no host of this name")
                .contains("ganger: stranger: its host key is not known; connect once by 'ssh stranger'")
                .contains("ganger: keyless: it does not let this user in by key")
                .contains("ganger: shut: nobody answers ssh there")
                .contains("4 of 5 hosts failed");
        assertThat(said.out()).startsWith("bob@east: agent east installed");
        grounds.queue.does("rm .ssh/config");
        grounds.does("agent uninstall --purge bob@east");
    }

    @Test
    void anAgentOfThisMachineNeedsNoSsh() {
        assertThat(grounds.does("agent install --local --name here")).startsWith("this machine: agent here installed");
        assertThat(grounds.does("run --on here hostname")).isEqualTo("queue.example\n");
        assertThat(grounds.does("agent uninstall --local --purge")).startsWith("this machine: uninstalled");
        assertThat(grounds.does("status")).as("the coordinator is still there").isNotEmpty();
    }

    @Test
    void anAgentThatIsNotLetInIsNotCalledInstalled() {
        var token = grounds.does("token create agent --name another -o quiet").strip();
        var refused = grounds.ganger("agent install --local --name here --join " + token);
        assertThat(refused.code()).as(refused.out()).isEqualTo(1);
        assertThat(refused.err()).contains("the agent ended again", "this token is for agent 'another', not for 'here'");
        assertThat(grounds.ganger("agent install --local --join not-one").code()).isEqualTo(2);

        assertThat(grounds.does("agent install --local --name another --join " + token))
                .startsWith("this machine: agent another ");
        assertThat(grounds.does("run --on another hostname")).isEqualTo("queue.example\n");
        assertThat(grounds.does("agent uninstall --local --purge")).startsWith("this machine: uninstalled");
    }
}
