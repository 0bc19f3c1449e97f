/** The data plane: what tasks write, in a few append-only files, addressed by attempt, stream and offset. */
@NullMarked
package dev.ganger.coordinator.output;

import org.jspecify.annotations.NullMarked;
