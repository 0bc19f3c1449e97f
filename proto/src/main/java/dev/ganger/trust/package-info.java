/** Who is who on a connection: certificates, keys, the authority they come from, and tokens that let others in. */
@NullMarked
package dev.ganger.trust;

import org.jspecify.annotations.NullMarked;
