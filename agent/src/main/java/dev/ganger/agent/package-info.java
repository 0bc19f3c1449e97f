/** The worker: its composition and its main. */
@NullMarked
package dev.ganger.agent;

import org.jspecify.annotations.NullMarked;
