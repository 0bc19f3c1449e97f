package dev.ganger.model;

/** NAME=value of a job, for people and for filters. */
public record Tag(String name, String value) {
    public Tag {
        if (name.isEmpty() || name.contains("=")) {
            throw new IllegalArgumentException("a tag is NAME=VALUE with a name, not '" + name + "=" + value + "'");
        }
        Limits.name("the name of a tag", name);
        Limits.name("the value of a tag", value);
    }

    /** As users write it. */
    public static Tag parse(String text) {
        var equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("expected NAME=VALUE, not '" + text + "'");
        }
        return new Tag(text.substring(0, equals), text.substring(equals + 1));
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
