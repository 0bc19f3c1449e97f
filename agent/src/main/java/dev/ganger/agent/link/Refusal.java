package dev.ganger.agent.link;

/**
 * Why the coordinator does not take this agent.
 *
 * @param why     a sentence
 * @param passing whether it may take it later, as it is: another one has its name for now
 */
public record Refusal(String why, boolean passing) {}
