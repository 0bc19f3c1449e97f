package dev.ganger.coordinator.store;

/** The contract, kept by the fake that encodes. */
final class EncodingFakeStoreTest extends StoreContract<FakeStore> {
    private final FakeDisk disk = new FakeDisk(true);

    @Override
    FakeStore openStore() {
        return disk.open();
    }
}
