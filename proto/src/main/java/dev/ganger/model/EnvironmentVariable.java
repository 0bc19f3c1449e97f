package dev.ganger.model;

/** NAME=value of a task's environment. */
public record EnvironmentVariable(Bytes name, Bytes value) {
    public EnvironmentVariable {
        if (name.isEmpty() || name.contains('=') || name.contains(0) || value.contains(0)) {
            throw new IllegalArgumentException(
                    "an environment variable needs a name without '=', and no NUL byte: " + name + "=" + value);
        }
    }
}
