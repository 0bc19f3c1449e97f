/** The queues: composition and main. */
@NullMarked
package dev.ganger.coordinator;

import org.jspecify.annotations.NullMarked;
