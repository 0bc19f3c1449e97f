package dev.ganger.cli.command;

import dev.ganger.cli.view.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Shows how much was read. */
final class CountedInput extends FilterInputStream {
    private final Progress progress;
    private long count;

    CountedInput(InputStream in, Progress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        var octet = super.read();
        counted(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        var some = super.read(target, offset, wanted);
        counted(some);
        return some;
    }

    private void counted(int some) {
        if (some > 0) {
            count += some;
            progress.at(count);
        }
    }

    @Override
    public void close() throws IOException {
        progress.close();
        super.close();
    }
}
