package dev.ganger.model;

/** What one task puts in the place of placeholders. */
public interface TaskValues {
    /** Its entry; its index in a job without entries. */
    Bytes entry();

    long index();

    /** A field of its entry; throws IllegalArgumentException, in a sentence, if there is none. */
    Bytes field(String name);
}
