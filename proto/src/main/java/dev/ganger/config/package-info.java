/** Where a program's files are on a machine, and what its options are: flag, variable, file, default. */
@NullMarked
package dev.ganger.config;

import org.jspecify.annotations.NullMarked;
