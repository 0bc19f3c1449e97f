package dev.ganger.model;

/**
 * One stream that an attempt wrote.
 *
 * @param bytes   how many bytes were written in all
 * @param sha256  of everything that was written
 * @param dropped how many of the bytes were not kept
 * @param inline  the bytes kept inside the result, from the start
 */
public record StreamOutput(long bytes, Bytes sha256, long dropped, Bytes inline) {
    private static final Bytes SHA256_OF_NOTHING = Bytes.wrap(java.util.HexFormat.of()
            .parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    public static final StreamOutput NOTHING = new StreamOutput(0, SHA256_OF_NOTHING, 0, Bytes.EMPTY);

    public StreamOutput {
        if (bytes < 0 || dropped < 0 || dropped > bytes || inline.size() > Limits.INLINE_OUTPUT_BYTES) {
            throw new IllegalArgumentException(
                    "no such output: %d bytes, %d dropped, %d inside".formatted(bytes, dropped, inline.size()));
        }
    }

    public StreamOutput withoutInline() {
        return inline.isEmpty() ? this : new StreamOutput(bytes, sha256, dropped, Bytes.EMPTY);
    }
}
