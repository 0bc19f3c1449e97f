/** The whole of Ganger, tested as it is shipped: on real processes and containers. */
@NullMarked
package dev.ganger.system;

import org.jspecify.annotations.NullMarked;
