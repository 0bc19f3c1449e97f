/** The one place of the command line that speaks gRPC: calls in, model records and failures out. */
@NullMarked
package dev.ganger.cli.client;

import org.jspecify.annotations.NullMarked;
