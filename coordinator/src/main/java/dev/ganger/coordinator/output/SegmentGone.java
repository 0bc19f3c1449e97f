package dev.ganger.coordinator.output;

import java.io.IOException;

/** A segment was removed while somebody wanted to read it: what lives is found elsewhere by asking again. */
final class SegmentGone extends IOException {
    private static final long serialVersionUID = 1;

    SegmentGone(SegmentName name) {
        super(name.file() + " was removed");
    }
}
