/** The one mapping between the model and protobuf, and how channels are made. */
@NullMarked
package dev.ganger.wire;

import org.jspecify.annotations.NullMarked;
