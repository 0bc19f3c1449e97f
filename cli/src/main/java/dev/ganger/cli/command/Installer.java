package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.install.Archive;
import dev.ganger.cli.install.Here;
import dev.ganger.cli.install.Hosts;
import dev.ganger.cli.install.Report;
import dev.ganger.cli.install.Ssh;
import dev.ganger.cli.install.Ssh.SshProgram;
import dev.ganger.cli.install.Watcher;
import dev.ganger.cli.install.Way;
import dev.ganger.cli.view.Installations;
import dev.ganger.cli.view.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Does what an installing verb is asked on each of its machines, shows it, and ends all of it on Ctrl-C. */
final class Installer {
    private final Invocation invocation;

    Installer(Invocation invocation) {
        this.invocation = invocation;
    }

    /** What a verb does on one machine. */
    @FunctionalInterface
    interface Work {
        Report on(Way way, Watcher watcher) throws InterruptedException;
    }

    /** Gives the exit code. */
    int run(HostOptions options, Work work) {
        var shown = new Installations(invocation.output());
        var sockets = temporaryFolder();
        try {
            var reports = new Hosts(options.parallel, shown).each(ways(options, sockets), way -> work.on(way, shown),
                    end -> invocation.surroundings().interrupts().atFirst(end));
            var failed = reports.stream().filter(report -> !report.isGood()).count();
            if (failed > 0 && reports.size() > 1) {
                throw new Failure(Kind.FAILED, "%d of %s failed; the same command tries again what is not done".formatted(failed,
                        Words.count(reports.size(), "host")));
            }
            return failed == 0 ? 0 : 1;
        } catch (InterruptedException problem) {
            throw interrupted(problem);
        } finally {
            shown.end();
            delete(sockets);
        }
    }

    /** What is installed; whoever asks closes it. */
    Archive archive(String file) {
        if (!file.isEmpty()) {
            return Archive.at(Path.of(file));
        }
        return Archive.ofThis(invocation.surroundings().distribution(), invocation.surroundings().environment());
    }

    private static Failure interrupted(InterruptedException problem) {
        return new Failure(Kind.INTERRUPTED, "interrupted; what is half done is taken up again by the same command", problem);
    }

    private List<Way> ways(HostOptions options, Path sockets) {
        var environment = invocation.surroundings().environment();
        if (options.local) {
            return List.of(new Here(environment, options.sudo));
        }
        var program = new SshProgram(onPath("ssh"), options.sshOptions, environment);
        var ways = new ArrayList<Way>();
        for (var host : options.distinctHosts()) {
            ways.add(new Ssh(host, program, sockets.resolve(Integer.toString(ways.size())), options.sudo));
        }
        return ways;
    }

    private String onPath(String program) {
        for (var folder : invocation.surroundings().environment().getOrDefault("PATH", "").split(":")) {
            var file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        throw new Failure(Kind.FAILED, "there is no program '" + program + "' on the PATH; install it (openssh-client)");
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("ganger-ssh-");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The ways have removed what was in it. */
    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
