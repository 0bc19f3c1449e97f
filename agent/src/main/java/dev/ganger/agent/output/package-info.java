/** What tasks write, on its way to the coordinator. */
@NullMarked
package dev.ganger.agent.output;

import org.jspecify.annotations.NullMarked;
