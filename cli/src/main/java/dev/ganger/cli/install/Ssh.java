package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The way to a host through the system's own ssh, as its user has configured it: one connection, which all requests share, and which asks nobody
 * for a password.
 */
public final class Ssh implements Way {
    /** What ssh itself ends with when there is no connection. */
    private static final int NO_CONNECTION = 255;
    private static final List<String> ALWAYS = List.of("-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o",
            "ServerAliveInterval=15", "-o", "ControlMaster=auto", "-o", "ControlPersist=60");

    private final String host;
    private final SshProgram program;
    private final Path socket;
    private final boolean sudo;

    /** The socket is one that is not there yet. */
    public Ssh(String host, SshProgram program, Path socket, boolean sudo) {
        if (host.startsWith("-") || host.isBlank()) {
            throw Failure.usage("expected a host as ssh understands it, for example ubuntu@web-7, not '" + host + "'");
        }
        this.host = host;
        this.program = program;
        this.socket = socket;
        this.sudo = sudo;
    }

    /** The ssh program, what its user wants of it in addition, and the variables it gets. */
    public record SshProgram(String path, List<String> options, Map<String, String> environment) {
        public SshProgram {
            options = List.copyOf(options);
            environment = Map.copyOf(environment);
        }
    }

    @Override
    public Answer ask(Request request, Payload payload) throws InterruptedException {
        var answer = Conversation.hold(command(ALWAYS, request.line(sudo)), program.environment(), out -> {
            out.write(Request.preamble());
            payload.writeTo(out);
        });
        if (answer.code() == NO_CONNECTION) {
            throw new Failure(Failure.Kind.FAILED, SshTrouble.sentence(host, answer));
        }
        return answer;
    }

    /** What the user says comes first, because ssh believes what it hears first. */
    private List<String> command(List<String> ours, String line) {
        var command = new ArrayList<>(List.of(program.path()));
        program.options().forEach(option -> command.addAll(List.of("-o", option)));
        command.addAll(ours);
        command.addAll(List.of("-o", "ControlPath=" + socket, "--", host));
        if (!line.isEmpty()) {
            command.add(line);
        }
        return command;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public boolean isHere() {
        return false;
    }

    @Override
    public void close() {
        if (!Files.exists(socket)) {
            return;
        }
        try {
            Conversation.hold(command(List.of("-O", "exit"), ""), program.environment(), Payload.NOTHING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
