package dev.ganger.coordinator.api;

/** The contract without sockets. */
final class InProcessApiTest extends ApiContract {}
