/** What the coordinator keeps on disk: journal, snapshots, entries and the done queue in one SQLite database. */
@NullMarked
package dev.ganger.coordinator.store;

import org.jspecify.annotations.NullMarked;
