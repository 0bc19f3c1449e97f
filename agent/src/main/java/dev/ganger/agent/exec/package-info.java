/**
 * Child processes: starts them through the C library, hands over what they write, and ends whole process trees.
 *
 * <p>glibc 2.34 or newer on Linux, x86_64 and aarch64; the JVM needs {@code --enable-native-access}.
 */
@NullMarked
package dev.ganger.agent.exec;

import org.jspecify.annotations.NullMarked;
