/** What the programs have in common as programs: how a command line is answered, signals, rights, folders. */
@NullMarked
package dev.ganger.program;

import org.jspecify.annotations.NullMarked;
