@NullMarked
package dev.ganger.coordinator.loop;

import org.jspecify.annotations.NullMarked;
