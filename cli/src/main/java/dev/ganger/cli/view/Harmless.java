package dev.ganger.cli.view;

/** Text from elsewhere, such that a terminal only shows it: control characters and what turns the writing direction are spelled out. */
public final class Harmless {
    private Harmless() {}

    public static String text(String text) {
        if (text.codePoints().noneMatch(Harmless::isHarmful)) {
            return text;
        }
        var harmless = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(each -> {
            if (isHarmful(each)) {
                harmless.append(each < 0x100 ? "\\x%02x".formatted(each) : "\\u%04x".formatted(each));
            } else {
                harmless.appendCodePoint(each);
            }
        });
        return harmless.toString();
    }

    private static boolean isHarmful(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            case Character.FORMAT -> codePoint == 0x061c || (codePoint >= 0x200e && codePoint <= 0x200f)
                    || (codePoint >= 0x202a && codePoint <= 0x202e)
                    || (codePoint >= 0x2066 && codePoint <= 0x2069);
            default -> false;
        };
    }
}
