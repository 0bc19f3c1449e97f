package dev.ganger.agent.exec;

import dev.ganger.model.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts bytes where C expects strings: followed by a zero byte, and lists as arrays of pointers that end with a null pointer. */
final class CString {
    private CString() {}

    static MemorySegment of(SegmentAllocator memory, Bytes string) {
        return memory.allocateFrom(ValueLayout.JAVA_BYTE, terminated(string));
    }

    static MemorySegment of(SegmentAllocator memory, String ascii) {
        return memory.allocateFrom(ascii, StandardCharsets.US_ASCII);
    }

    /** All strings lie in one block behind the pointers: one allocation a list. */
    static MemorySegment array(SegmentAllocator memory, List<Bytes> strings) {
        long pointers = (strings.size() + 1) * ValueLayout.ADDRESS.byteSize();
        long bytes = 0;
        for (Bytes each : strings) {
            bytes += each.size() + 1;
        }
        var block = memory.allocate(pointers + bytes, ValueLayout.ADDRESS.byteAlignment());
        long end = pointers;
        for (int i = 0; i < strings.size(); i++) {
            byte[] string = strings.get(i).toByteArray();
            MemorySegment.copy(string, 0, block, ValueLayout.JAVA_BYTE, end, string.length);
            block.setAtIndex(ValueLayout.JAVA_LONG, i, block.address() + end);
            end += string.length + 1;
        }
        return block;
    }

    static Bytes join(byte[]... parts) {
        int size = 0;
        for (byte[] each : parts) {
            size += each.length;
        }
        byte[] whole = new byte[size];
        int end = 0;
        for (byte[] each : parts) {
            System.arraycopy(each, 0, whole, end, each.length);
            end += each.length;
        }
        return Bytes.wrap(whole);
    }

    private static byte[] terminated(Bytes string) {
        return java.util.Arrays.copyOf(string.toByteArray(), string.size() + 1);
    }
}
