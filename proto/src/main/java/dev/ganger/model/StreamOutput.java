package dev.ganger.model;

/**
 * One stream that an attempt wrote.
 *
 * @param bytes   how many bytes were written in all
 * @param sha256  of everything that was written
 * @param dropped how many of the bytes are not kept: those between {@link #headBytes} and the rest of what is kept
 * @param inline  everything that is kept, if it is small and was not uploaded; else empty
 */
public record StreamOutput(long bytes, Bytes sha256, long dropped, Bytes inline) {
    private static final Bytes SHA256_OF_NOTHING = Bytes.wrap(java.util.HexFormat.of()
            .parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    public static final StreamOutput NOTHING = new StreamOutput(0, SHA256_OF_NOTHING, 0, Bytes.EMPTY);

    public StreamOutput {
        if (bytes < 0 || dropped < 0 || dropped > bytes || inline.size() > Limits.INLINE_OUTPUT_BYTES
                || (!inline.isEmpty() && inline.size() != bytes - dropped)) {
            throw new IllegalArgumentException(
                    "no such output: %d bytes, %d dropped, %d inside".formatted(bytes, dropped, inline.size()));
        }
    }

    /** How many bytes are kept. */
    public long keptBytes() {
        return bytes - dropped;
    }

    /** How many of the bytes kept are from the start; the others are the last ones written. */
    public long headBytes() {
        return dropped == 0 ? bytes : keptBytes() / 2;
    }

    /** Whether all that is kept is in here, and nothing was uploaded. */
    public boolean isInline() {
        return inline.size() == keptBytes();
    }

    public StreamOutput withoutInline() {
        return inline.isEmpty() ? this : new StreamOutput(bytes, sha256, dropped, Bytes.EMPTY);
    }
}
