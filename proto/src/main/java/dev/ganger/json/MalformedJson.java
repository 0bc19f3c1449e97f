package dev.ganger.json;

/** Why a stream holds no entries, in a sentence that names the place. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedJson(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    MalformedJson(String sentence) {
        super(sentence);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
