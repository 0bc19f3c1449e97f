package dev.ganger.cli.install;

import java.util.List;

/** How a request ended. */
record Answer(int code, String out, String err) {
    boolean isGood() {
        return code == 0;
    }

    Facts facts() {
        return Facts.parse(out);
    }

    /** What was said last of what went wrong. */
    String complaint() {
        var said = lines();
        return said.isEmpty() ? "it ended with code " + code + " and said nothing" : said.getLast();
    }

    List<String> lines() {
        return err.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
