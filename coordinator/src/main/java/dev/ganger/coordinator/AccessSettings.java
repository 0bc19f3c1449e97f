package dev.ganger.coordinator;

import dev.ganger.wire.Address;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who comes in, and how.
 *
 * @param insecure        whether everybody on this machine does, in plain text
 * @param advertise       what tokens tell; port 0: the one that it listens on; null: where it listens
 * @param certificateLife of agents
 * @param configuration   the folder in which the user who starts the coordinator gets its access
 */
record AccessSettings(boolean insecure, @Nullable Address advertise, Duration certificateLife, Path configuration) {}
