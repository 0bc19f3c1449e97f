/** Damaged and made-up input for everything that reads bytes from outside. */
@org.jspecify.annotations.NullMarked
package dev.ganger.fuzz;
