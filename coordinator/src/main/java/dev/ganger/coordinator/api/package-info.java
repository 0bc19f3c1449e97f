/** The gRPC edge of the coordinator: maps calls to commands and questions, and what is heard to answers. */
@NullMarked
package dev.ganger.coordinator.api;

import org.jspecify.annotations.NullMarked;
