/** The single writer: takes commands in, makes their events durable, then lets everybody hear of them. */
@NullMarked
package dev.ganger.coordinator.loop;

import org.jspecify.annotations.NullMarked;
