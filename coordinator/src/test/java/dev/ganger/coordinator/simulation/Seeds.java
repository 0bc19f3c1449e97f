package dev.ganger.coordinator.simulation;

/** Runs histories until one fails, and says which and by which law: FROM COUNT. For .ci/sabotage and for long runs by hand. */
final class Seeds {
    private Seeds() {}

    public static void main(String[] arguments) {
        var from = Long.parseLong(arguments[0]);
        var count = Long.parseLong(arguments[1]);
        var steps = 0L;
        for (var seed = from; seed < from + count; seed++) {
            try {
                steps += Simulation.run(seed);
            } catch (RuntimeException | Error failure) {
                System.out.printf("%d | %s%n", seed, failure instanceof BrokenLaw law ? law.law() : failure.toString());
                failure.printStackTrace();
                System.exit(1);
            }
        }
        System.out.printf("%d seeds, %d steps, none failed%n", count, steps);
    }
}
