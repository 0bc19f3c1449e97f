package dev.ganger.coordinator.output;

import java.io.IOException;

/** What is done about what the segments and their index say of each other: a coordinator repairs it, who only looks tells it. */
interface Repair {
    /** A file is shorter than what was synced of it. */
    void lost(SegmentFile file, long syncedBytes);

    /** There is no file of a segment in which something lives. */
    void missing(OutputIndex.Indexed segment);

    /** A frame follows bytes that are not there. */
    void passedOver(SegmentFile file, Frame frame);

    /** No whole frame begins at the position, which is not the end of the file. */
    void cut(SegmentFile file, long at) throws IOException;

    /** So many frames between two positions are in the index from now on. */
    void indexed(SegmentFile file, long frames, long from, long to);

    /** Comes before the index speaks of it. */
    void sync(SegmentFile file) throws IOException;
}
