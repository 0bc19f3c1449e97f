/** Completions and manual pages, made from what the three programs tell of themselves. */
@NullMarked
package dev.ganger.cli.reference;

import org.jspecify.annotations.NullMarked;
