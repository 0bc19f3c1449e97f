package dev.ganger.cli.view;

/** The few colours of tables. */
enum Colour {
    NONE(""), GREEN("\u001b[32m"), RED("\u001b[31m"), YELLOW("\u001b[33m"), CYAN("\u001b[36m");

    private final String start;

    Colour(String start) {
        this.start = start;
    }

    static Colour ofState(String state) {
        return switch (state) {
            case "succeeded", "alive" -> GREEN;
            case "failed", "lost" -> RED;
            case "cancelled", "unknown", "stopping", "draining", "quarantined", "held", "waiting" -> YELLOW;
            case "running", "leased" -> CYAN;
            default -> NONE;
        };
    }

    String paint(String text) {
        return this == NONE ? text : start + text + "\u001b[0m";
    }
}
