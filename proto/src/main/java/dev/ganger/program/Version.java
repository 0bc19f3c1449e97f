package dev.ganger.program;

import dev.ganger.wire.Build;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as every program prints it. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[]{"ganger " + Build.VERSION};
    }
}
