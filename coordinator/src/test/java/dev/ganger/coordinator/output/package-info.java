@NullMarked
package dev.ganger.coordinator.output;

import org.jspecify.annotations.NullMarked;
