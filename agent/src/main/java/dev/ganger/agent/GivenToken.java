package dev.ganger.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads a token from where it was said to be, so that it need not stand in a list of processes. */
final class GivenToken {
    private GivenToken() {}

    /** The token itself, {@code @FILE}, or {@code -} for a line of the input; throws IllegalArgumentException, in a sentence, if it is not there. */
    static String read(String given) {
        if (given.equals("-")) {
            return fromInput();
        }
        return given.startsWith("@") ? fromFile(given.substring(1)) : given;
    }

    private static String fromInput() {
        try {
            var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new IllegalArgumentException("there is no token in the input; pipe one into it, or name a file with @FILE");
            }
            return line.strip();
        } catch (IOException failure) {
            throw new IllegalArgumentException("the input cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static String fromFile(String name) {
        try {
            return Files.readString(Path.of(name)).strip();
        } catch (IOException | InvalidPathException failure) {
            throw new IllegalArgumentException(
                    "the file '%s' with the token cannot be read (%s); see whether it is there and yours".formatted(
                            name, failure.getMessage()),
                    failure);
        }
    }
}
