package dev.ganger.config;

/** Why the configuration cannot be what it is, in one sentence that says where. */
public final class WrongSetting extends RuntimeException {
    WrongSetting(String message) {
        super(message);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
