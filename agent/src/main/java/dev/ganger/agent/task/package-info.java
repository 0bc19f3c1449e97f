/** Tasks as processes: the folder, the environment and the arguments each gets, and what is seen of it from start to end. */
@NullMarked
package dev.ganger.agent.task;

import org.jspecify.annotations.NullMarked;
