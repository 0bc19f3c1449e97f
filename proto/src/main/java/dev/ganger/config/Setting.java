package dev.ganger.config;

/**
 * An option as it is in effect.
 *
 * @param value as it would be written; empty for none
 */
public record Setting(String key, String value, Origin origin) {}
