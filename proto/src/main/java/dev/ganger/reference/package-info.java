/** What each program tells of its own commands, so that completions and manual pages are made from what it really understands. */
@NullMarked
package dev.ganger.reference;

import org.jspecify.annotations.NullMarked;
