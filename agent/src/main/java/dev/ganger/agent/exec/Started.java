package dev.ganger.agent.exec;

/**
 * What this process holds of a child that was just started.
 *
 * @param exitDescriptor becomes readable when it ends
 * @param stdout         to read from
 * @param stderr         to read from
 */
record Started(long pid, int exitDescriptor, int stdout, int stderr) {}
