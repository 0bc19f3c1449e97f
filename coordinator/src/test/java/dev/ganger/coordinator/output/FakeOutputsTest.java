package dev.ganger.coordinator.output;

/** The contract, kept by the fake. */
final class FakeOutputsTest extends OutputStoreContract {
    @Override
    OutputStore openStore() {
        return new FakeOutputs();
    }

    @Override
    void pass() {}
}
