package dev.ganger.model;

import java.io.ByteArrayOutputStream;

/** Words as a POSIX shell reads them. */
public final class ShellQuote {
    private ShellQuote() {}

    /** The bytes between single quotes; a single quote among them stands outside, behind a backslash. */
    public static Bytes quote(Bytes word) {
        var quoted = new ByteArrayOutputStream(word.size() + 2);
        quoted.write('\'');
        for (var octet : word.toByteArray()) {
            if (octet == '\'') {
                quoted.writeBytes(new byte[]{'\'', '\\', '\'', '\''});
            } else {
                quoted.write(octet);
            }
        }
        quoted.write('\'');
        return Bytes.wrap(quoted.toByteArray());
    }

    /** The same, and as it is where it needs no quotes: for people to read. */
    public static Bytes forPeople(Bytes word) {
        if (word.isEmpty()) {
            return quote(word);
        }
        for (var octet : word.toByteArray()) {
            if (!isPlain(octet)) {
                return quote(word);
            }
        }
        return word;
    }

    private static boolean isPlain(byte octet) {
        return octet < 0 || Character.isLetterOrDigit(octet) || "@%_+=:,./-".indexOf(octet) >= 0;
    }
}
