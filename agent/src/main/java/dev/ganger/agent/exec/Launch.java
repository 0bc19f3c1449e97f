package dev.ganger.agent.exec;

import dev.ganger.model.Bytes;
import java.time.Duration;
import java.util.List;

/**
 * What to start and how to end it.
 *
 * @param arguments     the program and what it is given; a program without '/' is looked up in the PATH of the environment
 * @param environment   each as {@code NAME=value}; exactly this is the environment
 * @param directory     absolute; where it runs
 * @param taskMark      the value of {@link #TASK_VARIABLE} in the environment, unique to this launch: it finds the processes that
 *                      left the session
 * @param grace         between TERM and KILL
 * @param standardInput what the program reads; empty is {@code /dev/null}
 */
public record Launch(
        List<Bytes> arguments,
        List<Bytes> environment,
        Bytes directory,
        Bytes taskMark,
        Duration grace,
        Bytes standardInput) {
    /** The variable that holds the task mark. */
    public static final String TASK_VARIABLE = "GANGER_TASK";

    public Launch {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
            throw new IllegalArgumentException("a launch needs a program, its arguments are " + arguments);
        }
        if (directory.isEmpty() || directory.at(0) != '/') {
            throw new IllegalArgumentException("a launch needs an absolute directory, this one is '" + directory + "'");
        }
        if (taskMark.isEmpty() || !environment.contains(variable(taskMark))) {
            throw new IllegalArgumentException("the environment must hold " + variable(taskMark));
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("a grace is not negative, this one is " + grace);
        }
        arguments.forEach(Launch::checkNoNul);
        environment.forEach(Launch::checkNoNul);
        checkNoNul(directory);
    }

    /** As it stands in the environment. */
    static Bytes variable(Bytes taskMark) {
        byte[] name = (TASK_VARIABLE + "=").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return CString.join(name, taskMark.toByteArray());
    }

    private static void checkNoNul(Bytes string) {
        if (string.contains(0)) {
            throw new IllegalArgumentException("no string given to a program holds a zero byte, this one does: " + string.hex());
        }
    }
}
