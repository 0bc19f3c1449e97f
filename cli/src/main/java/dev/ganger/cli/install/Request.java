package dev.ganger.cli.install;

import dev.ganger.model.Bytes;
import dev.ganger.model.ShellQuote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that the host's part of an installation, {@code host.sh}, is asked to do: a verb and words NAME=VALUE. */
final class Request {
    private static final byte[] SCRIPT = script();
    /** Reads the script, not a byte more, so that what comes behind it on standard input is the script's. */
    private static final String READ_AND_DO = "eval \"$(dd bs=1 count=" + SCRIPT.length + " 2>/dev/null)\"";
    /** What the script is called in messages of the shell. */
    private static final String CALLED = "ganger";

    private final String verb;
    private final List<String> words;

    private Request(String verb, List<String> words) {
        this.verb = verb;
        this.words = List.copyOf(words);
    }

    static Request of(String verb) {
        return new Request(verb, List.of());
    }

    /** The same with this, unless it is empty. */
    Request with(String name, String value) {
        return value.isEmpty() ? this : new Request(verb, Stream.concat(words.stream(), Stream.of(name + "=" + value)).toList());
    }

    Request withLines(List<String> lines) {
        return new Request(verb, Stream.concat(words.stream(), lines.stream().map(line -> "line=" + line)).toList());
    }

    /** What has to come first on standard input of either command. */
    static byte[] preamble() {
        return SCRIPT.clone();
    }

    /** To start it on this machine. */
    List<String> command(boolean sudo) {
        var command = new ArrayList<>(sudo ? List.of("sudo", "-n") : List.<String>of());
        command.addAll(List.of("sh", "-c", READ_AND_DO, CALLED, verb));
        command.addAll(words);
        return command;
    }

    /** The same as a line for whatever shell reads it. */
    String line(boolean sudo) {
        return command(sudo).stream().map(word -> ShellQuote.forPeople(Bytes.utf8(word)).toString())
                .collect(Collectors.joining(" ", "exec ", ""));
    }

    private static byte[] script() {
        try (var file = Objects.requireNonNull(Request.class.getResourceAsStream("host.sh"), "host.sh")) {
            return file.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
