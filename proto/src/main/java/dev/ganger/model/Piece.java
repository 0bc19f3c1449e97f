package dev.ganger.model;

/** A part of an argument: bytes as given, or a value that differs from task to task. */
public sealed interface Piece {

    /** Bytes as given. */
    record Literal(Bytes bytes) implements Piece {
        public Literal {
            if (bytes.contains(0)) {
                throw new IllegalArgumentException("an argument cannot contain a NUL byte: " + bytes);
            }
        }
    }

    /** A value of the task. */
    enum Placeholder implements Piece {
        /** The task's entry; its index in a job without entries. */
        ENTRY,
        /** The task's index, in decimal. */
        INDEX
    }
}
