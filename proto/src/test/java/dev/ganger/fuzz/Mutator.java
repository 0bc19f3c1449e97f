package dev.ganger.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs of inputs: flips, cuts, repeats, mixes, and puts in numbers at the edge of their range. */
final class Mutator {
    private static final int MOST_BYTES = 1 << 16;
    private static final int MOST_CHANGES = 6;
    private static final int KEPT = 500;
    private static final List<byte[]> EDGES = List.of(new byte[]{0}, new byte[]{-1}, new byte[]{127}, new byte[]{-128},
            new byte[]{-1, -1, -1, -1, 7}, new byte[]{-1, -1, -1, -1, 15},
            new byte[]{-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
            new byte[]{-128, -128, -128, -128, -128, -128, -128, -128, -128, 1},
            new byte[]{-1, -1, -1, -1, -1, -1, -1, -1, 127},
            "99999999999999999999".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            new byte[]{-64, -128}, new byte[]{-19, -96, -128}, new byte[]{-12, -112, -128, -128});

    private final SplittableRandom random;
    private final List<byte[]> inputs;

    Mutator(long seed, List<byte[]> inputs) {
        this.random = new SplittableRandom(seed);
        this.inputs = new ArrayList<>(inputs);
    }

    byte[] next() {
        var input = any();
        for (var changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length > MOST_BYTES ? Arrays.copyOf(input, MOST_BYTES) : input;
    }

    /** It was read without a complaint, so what comes of it is worth a try. */
    void keep(byte[] input) {
        if (inputs.size() < KEPT) {
            inputs.add(input);
        } else {
            inputs.set(random.nextInt(inputs.size()), input);
        }
    }

    private byte[] any() {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private byte[] changed(byte[] input) {
        var at = random.nextInt(input.length + 1);
        var to = at + random.nextInt(input.length - at + 1);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(input, at);
            case 1 -> Arrays.copyOf(input, at);
            case 2 -> joined(input, at, to, new byte[0]);
            case 3 -> joined(input, at, at, new byte[]{(byte) random.nextInt(256)});
            case 4 -> joined(input, at, at, Arrays.copyOfRange(input, at, to));
            case 5 -> joined(input, at, at, EDGES.get(random.nextInt(EDGES.size())));
            case 6 -> joined(input, at, Math.min(input.length, at + 1), EDGES.get(random.nextInt(EDGES.size())));
            default -> {
                var other = any();
                yield joined(input, at, to, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
            }
        };
    }

    private byte[] flipped(byte[] input, int at) {
        var copy = input.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    /** With this in the place of a part. */
    private static byte[] joined(byte[] input, int from, int to, byte[] part) {
        var out = new ByteArrayOutputStream(input.length + part.length);
        out.write(input, 0, from);
        out.writeBytes(part);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
