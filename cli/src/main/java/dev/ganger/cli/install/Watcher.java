package dev.ganger.cli.install;

/** Is told what is going on; from several threads. */
public interface Watcher {
    void begun(String host, String step);

    void ended(Report report);
}
