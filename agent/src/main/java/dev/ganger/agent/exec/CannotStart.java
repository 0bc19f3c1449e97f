package dev.ganger.agent.exec;

import dev.ganger.model.Ending;

/** Nothing was started: says what is in the way, in one sentence with a next step. */
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1;

    private final Ending.Obstacle obstacle;
    private final String text;

    CannotStart(Ending.Obstacle obstacle, String text) {
        super(text, null, false, false);
        this.obstacle = obstacle;
        this.text = text;
    }

    public Ending.CannotStart ending() {
        return new Ending.CannotStart(obstacle, text);
    }
}
