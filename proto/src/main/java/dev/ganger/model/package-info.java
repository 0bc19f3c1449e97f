/** The words that coordinator, agent and CLI share: immutable values, checked when they are made. */
@NullMarked
package dev.ganger.model;

import org.jspecify.annotations.NullMarked;
