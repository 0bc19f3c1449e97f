package dev.ganger.program;

import dev.ganger.config.Setting;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a program answers 'ganger config': a line a setting, in UTF-8 whatever the locale is. */
public final class SettingLines {
    private SettingLines() {}

    public static void print(List<Setting> settings) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        settings.forEach(setting -> out.print(setting.line() + "\n"));
        out.flush();
    }
}
