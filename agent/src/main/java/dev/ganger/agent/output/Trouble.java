package dev.ganger.agent.output;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A disk that is full or broken: said once, and once when it works again; meanwhile what is new stays in memory. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    private final Path folder;
    private boolean there;
    private boolean said;

    Trouble(Path folder) {
        this.folder = folder;
    }

    void began(IOException failure) {
        there = true;
        if (!said) {
            said = true;
            LOG.warn("cannot keep output in {}: {}; tasks wait in their writes until it works again: make room there, "
                    + "or look after the disk", folder, failure.getMessage());
        }
    }

    boolean isThere() {
        return there;
    }

    /** Until the next failure it is as if there were none; {@link #judge} follows. */
    void tryAgain() {
        there = false;
    }

    void judge() {
        if (!there && said) {
            said = false;
            LOG.info("output can be kept in {} again", folder);
        }
    }
}
