/** A file per verb: what it takes, asks and prints. */
@NullMarked
package dev.ganger.cli.command;

import org.jspecify.annotations.NullMarked;
