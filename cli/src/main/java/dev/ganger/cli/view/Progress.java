package dev.ganger.cli.view;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far something is, on a terminal; elsewhere nothing. */
public final class Progress implements AutoCloseable {
    public static final Progress NONE = new Progress(null);
    private static final long MEBIBYTE = 1 << 20;
    private static final int UPDATE_MILLIS = 200;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** A negative {@code max}: the end is not known. */
    static Progress bar(String what, long max, long done, int width) {
        return new Progress(builder(what, max, width).startsFrom(done, Duration.ZERO).build());
    }

    static Progress ofBytes(String what, long size, int width) {
        return new Progress(builder(what, size, width).setUnit(" MiB", MEBIBYTE).build());
    }

    private static ProgressBarBuilder builder(String what, long max, int width) {
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new ProgressBarBuilder()
                .setTaskName(Harmless.text(what))
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, width - 1))
                .showSpeed();
    }

    public void at(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
