/**
 * The simulation: the real cores of the coordinator and of its agents, with a network, disks, processes and a clock that are made up. One
 * seed is one history; after every step the laws must hold, and once the faults stop everything must finish.
 */
@NullMarked
package dev.ganger.coordinator.simulation;

import org.jspecify.annotations.NullMarked;
