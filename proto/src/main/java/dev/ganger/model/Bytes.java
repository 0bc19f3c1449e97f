package dev.ganger.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes: arguments, names and entries are bytes to the operating system, and stay bytes here. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** Copies. */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes an array that nobody else holds or will change. */
    public static Bytes wrap(byte[] owned) {
        return owned.length == 0 ? EMPTY : new Bytes(owned);
    }

    public int size() {
        return content.length;
    }

    public byte at(int position) {
        return content[position];
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    public boolean contains(int octet) {
        for (byte each : content) {
            if (each == (byte) octet) {
                return true;
            }
        }
        return false;
    }

    public byte[] toByteArray() {
        return content.clone();
    }

    /** A read-only view, without copying. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    public String hex() {
        return HexFormat.of().formatHex(content);
    }

    public boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /** For secrets and what is made of them: takes as long for those that differ at once as for those that do not. */
    public boolean equalsInConstantTime(Bytes other) {
        return MessageDigest.isEqual(content, other.content);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** For people: as UTF-8, with a replacement character for what is not. */
    @Override
    public String toString() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
