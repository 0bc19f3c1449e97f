/** The face: composition and main. */
@NullMarked
package dev.ganger.cli;

import org.jspecify.annotations.NullMarked;
