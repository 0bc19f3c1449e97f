/** Puts Ganger on machines: what is asked of each, over which way, and what came of it. */
@NullMarked
package dev.ganger.cli.install;

import org.jspecify.annotations.NullMarked;
