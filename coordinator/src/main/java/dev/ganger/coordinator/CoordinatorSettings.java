package dev.ganger.coordinator;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.wire.Address;
import java.nio.file.Path;

/**
 * What a coordinator was told to be.
 *
 * @param bounds      what the core keeps to
 * @param retainBytes of finished jobs, at most
 */
record CoordinatorSettings(Address listen, Path data, Settings bounds, long retainBytes, AccessSettings access) {}
