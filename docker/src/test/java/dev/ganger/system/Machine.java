package dev.ganger.system;

import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

import static org.assertj.core.api.Assertions.assertThat;

/** A machine without Java: a container with an address and a name of its own on a network, where ssh answers or systemd runs. */
final class Machine implements AutoCloseable {
    private static final String SSH = """
            FROM debian:bookworm-slim AS ssh
            RUN apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
                openssh-server openssh-client sudo >/dev/null && rm -f /etc/ssh/ssh_host_* && mkdir -p /run/sshd && useradd -m bob -s /bin/sh
            CMD ["sh", "-c", "ssh-keygen -A >/dev/null && mkdir -p /run/sshd && exec /usr/sbin/sshd -D -e"]
            """;
    private static final String SYSTEMD = SSH
            + """
                    FROM ssh AS systemd
                    RUN DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends systemd systemd-sysv dbus >/dev/null
                    CMD ["/sbin/init"]
                    """;

    private final GenericContainer<?> container;
    private final String name;

    /** What a command printed, and how it ended. */
    record Said(int code, String out, String err) {
        /** All of it. */
        String all() {
            return out + err;
        }
    }

    private Machine(String name, GenericContainer<?> container) {
        this.name = name;
        this.container = container;
        container.start();
    }

    static Machine withSsh(Network network, String name) {
        return new Machine(name, container(network, name, new ImageFromDockerfile("ganger-test-ssh", false)
                .withFileFromString("Dockerfile", SSH)));
    }

    /** Systemd is process 1; it needs more rights than other containers have, and none over this machine's services. */
    static Machine withSystemd(Network network, String name) {
        var image = new ImageFromDockerfile("ganger-test-systemd", false).withFileFromString("Dockerfile", SYSTEMD);
        return new Machine(name, container(network, name, image).withTmpFs(Map.of("/run", "rw", "/tmp", "rw,exec"))
                .withFileSystemBind("/sys/fs/cgroup", "/sys/fs/cgroup")
                .withCreateContainerCmdModifier(create -> Objects.requireNonNull(create.getHostConfig())
                        .withCgroupnsMode("host")
                        .withCapAdd(Capability.SYS_ADMIN)
                        .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))));
    }

    private static GenericContainer<?> container(Network network, String name, ImageFromDockerfile image) {
        return new GenericContainer<>(image).withNetwork(network).withNetworkAliases(name)
                .withCreateContainerCmdModifier(create -> create.withHostName(name))
                .withStartupCheckStrategy(new IsRunningStartupCheckStrategy());
    }

    /** A line for its shell, as root. */
    Said sh(String line) {
        return sh("root", line);
    }

    /** The same as somebody else, in the home of that user. */
    Said sh(String user, String line) {
        var home = user.equals("root") ? "/root" : "/home/" + user;
        try {
            var result = container.execInContainer(ExecConfig.builder().user(user)
                    .workDir(home).envVars(Map.of("HOME", home)).command(new String[]{"sh", "-c", line}).build());
            return new Said(result.getExitCode(), result.getStdout(), result.getStderr());
        } catch (IOException e) {
            throw new AssertionError("The engine could not run '" + line + "' on " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while running '" + line + "' on " + name, e);
        }
    }

    /** What it prints; it must end with 0. */
    String does(String line) {
        var said = sh(line);
        assertThat(said.code()).as("exit code on %s of: %s%nIt said: %s", name, line, said.all()).isZero();
        return said.out();
    }

    /** The archive that is shipped, in /root. */
    void bringArchive() {
        container.copyFileToContainer(MountableFile.forHostPath(Archive.FILE), "/root/" + Archive.FILE.getFileName());
    }

    /** A file of this text in /root. */
    void put(String file, String text) {
        container.copyFileToContainer(Transferable.of(text), "/root/" + file);
    }

    /** The archive unpacked into /root, and its launcher on the PATH. */
    void unpackGanger() {
        bringArchive();
        does("tar -xzf ganger-*.tar.gz && ln -s /root/ganger-*/bin/ganger /usr/bin/ganger");
    }

    /** From now on this one gets in there by key, as root and as bob. */
    void mayLogInTo(Machine other) {
        does("mkdir -p -m 700 .ssh && { [ -e .ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519; }");
        other.container.copyFileToContainer(Transferable.of(does("cat .ssh/id_ed25519.pub")), "/tmp/key");
        other.does("for home in /root /home/bob; do mkdir -p -m 700 $home/.ssh && cp /tmp/key $home/.ssh/authorized_keys; done; "
                + "chown -R bob: /home/bob/.ssh");
    }

    /** The host's key is known to it, as after a first `ssh`. */
    void trust(Machine other) {
        does("until ssh-keyscan -t ed25519 " + other.name + " 2>/dev/null | grep . >>.ssh/known_hosts; do sleep 0.1; done");
    }

    @Override
    public void close() {
        container.stop();
    }
}
