package dev.ganger.cli.view;

import dev.ganger.config.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the options of a program are shown. */
public final class Settings {
    private static final Shape<Setting> SHAPE = new Shape<>(List.of(
            Column.word("KEY", Setting::key),
            Column.wide("VALUE", Setting::value),
            Column.word("SOURCE", setting -> setting.origin().source().word()),
            Column.wide("ORIGIN", setting -> setting.origin().place())), Settings::write, Setting::key);

    private Settings() {}

    public static void show(Output output, String program, List<Setting> settings) {
        if (output.format() == Format.JSON) {
            output.done("", json -> json.text("program", program).objects("settings", settings, Settings::write), null);
            return;
        }
        var listing = output.list(SHAPE);
        settings.forEach(listing::add);
        listing.end();
    }

    private static void write(Json json, Setting setting) {
        json.text("key", setting.key())
                .text("value", known(setting.value()))
                .text("source", setting.origin().source().word())
                .text("origin", known(setting.origin().place()));
    }

    private static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }
}
