/** Who may come in and what for: the coordinator's own authority, its side of TLS, and the gate that every call passes. */
@NullMarked
package dev.ganger.coordinator.security;

import org.jspecify.annotations.NullMarked;
