/** Entries of jobs that are JSON: read from a stream where a job is submitted, and asked for their fields where it runs. */
@NullMarked
package dev.ganger.json;

import org.jspecify.annotations.NullMarked;
