package dev.ganger.agent.output;

import dev.ganger.agent.core.Input;
import dev.ganger.model.AttemptId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what a spool says. */
final class Heard implements Consumer<Input> {
    private final List<Input> all = new ArrayList<>();
    private boolean reading = true;

    @Override
    public synchronized void accept(Input input) {
        all.add(input);
    }

    synchronized void reading(boolean wanted) {
        reading = wanted;
    }

    synchronized boolean isReading() {
        return reading;
    }

    synchronized boolean isScarce() {
        return all.stream().filter(Input.SpoolFilled.class::isInstance).map(Input.SpoolFilled.class::cast)
                .reduce(new Input.SpoolFilled(false), (_, later) -> later).scarce();
    }

    synchronized List<AttemptId> stored() {
        return all.stream().filter(Input.OutputStored.class::isInstance).map(each -> ((Input.OutputStored) each).attempt())
                .toList();
    }
}
