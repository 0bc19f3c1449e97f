package dev.ganger.coordinator.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is wrong, a sentence each: the first ones, and how many there are. */
final class Faults implements Consumer<String> {
    private final int most;
    private final List<String> first = new ArrayList<>();
    private long count;

    Faults(int most) {
        this.most = most;
    }

    @Override
    public void accept(String sentence) {
        count++;
        if (first.size() < most) {
            first.add(sentence);
        }
    }

    void add(String sentence, Object... values) {
        accept(sentence.formatted(values));
    }

    long count() {
        return count;
    }

    List<String> first() {
        return List.copyOf(first);
    }
}
