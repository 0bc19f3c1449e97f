/** Proves that what a coordinator keeps is complete and agrees with itself: journal, results, attempts, entries and output. */
@NullMarked
package dev.ganger.coordinator.verify;

import org.jspecify.annotations.NullMarked;
