/** The stream to the coordinator: opens it, says what is to be said, tells what is heard. */
@NullMarked
package dev.ganger.agent.link;

import org.jspecify.annotations.NullMarked;
