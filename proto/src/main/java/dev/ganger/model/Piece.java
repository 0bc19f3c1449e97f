package dev.ganger.model;

/** A part of an argument: bytes as given, or a value that differs from task to task; quoted: so that a shell reads it as one word. */
public sealed interface Piece {

    /** Bytes as given. */
    record Literal(Bytes bytes) implements Piece {
        public Literal {
            if (bytes.contains(0)) {
                throw new IllegalArgumentException("an argument cannot contain a NUL byte: " + bytes);
            }
        }
    }

    /** The task's entry; its index in a job without entries. */
    record Entry(boolean quoted) implements Piece {}

    /** The task's index, in decimal. */
    record Index() implements Piece {}

    /** A field of the task's entry, which is a JSON object. */
    record Field(String name, boolean quoted) implements Piece {
        public Field {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a field needs a name");
            }
            Limits.name("the name of a field", name);
        }
    }
}
