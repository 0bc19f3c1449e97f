/** Damaged and made-up input for everything that reads bytes from outside. */
@NullMarked
package dev.ganger.fuzz;

import org.jspecify.annotations.NullMarked;
