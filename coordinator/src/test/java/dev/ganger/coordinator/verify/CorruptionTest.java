package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.AttemptRange;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.store.Tamper;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Result;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.coordinator.verify.DataFolder.agent;
import static dev.ganger.coordinator.verify.DataFolder.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Each deliberate corruption of a data folder is found, and named with its place. */
final class CorruptionTest {
    private final DataFolder data;
    private final Path segment;

    CorruptionTest(@TempDir Path folder) {
        data = new DataFolder(folder.resolve("data"));
        segment = data.path().resolve("output").resolve("segment-0000000001");
    }

    /** Job 1: three tasks with entries, output in segments, the third in its second attempt; job 2: cancelled before anything. */
    @BeforeEach
    void history() {
        var job = data.submitEach("one", "two", "three");
        data.attach(agent(1), 3);
        data.succeed(agent(1), new AttemptId(job, 1, 1), text(100_000, 1));
        data.succeed(agent(1), new AttemptId(job, 2, 1), text(100_000, 2));
        data.giveBack(agent(1), new AttemptId(job, 3, 1));
        data.attach(agent(1), 1);
        data.succeedInline(agent(1), new AttemptId(job, 3, 2), "three");
        data.cancel(data.submit(3));
        data.moveCursor("reader", 3);
        data.close();
        assertThat(data.verify().faults()).isEmpty();
    }

    private List<String> faults() {
        var verdict = data.verify();
        assertThat(verdict.isClean()).isFalse();
        return verdict.faults();
    }

    private Tamper store() {
        return Tamper.withStore(data.path());
    }

    private Tamper index() {
        return Tamper.withOutputIndex(data.path());
    }

    // ---- output

    @Test
    void aFlippedByteInASegment() throws IOException {
        try (var file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var octet = ByteBuffer.allocate(1);
            file.read(octet, 50_000);
            file.write(ByteBuffer.wrap(new byte[]{(byte) ~octet.get(0)}), 50_000);
        }
        assertThat(faults())
                .anyMatch(fault -> fault.contains("segment-0000000001 at position 0: the checksum of the frame is another"))
                .anyMatch(fault -> fault.startsWith("1.1#1 stdout cannot be read as its result at position 1 says"));
    }

    @Test
    void aSegmentThatIsMissing() throws IOException {
        Files.delete(segment);
        assertThat(faults()).anyMatch(fault -> fault.startsWith("segment 1 is missing: "))
                .contains("bytes 0 to 99999 of 1.2#1 stdout are missing, and its result at position 2 does not say so");
    }

    @Test
    void aSegmentThatWasCut() throws IOException {
        try (var file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(150_000);
        }
        assertThat(faults()).anyMatch(fault -> fault.contains("segment-0000000001 has 150000 bytes and was synced with "))
                .contains("bytes 0 to 99999 of 1.2#1 stdout are missing, and its result at position 2 does not say so");
    }

    @Test
    void aRowOfTheOutputIndexThatPointsElsewhere() {
        assertThat(index().sql("UPDATE chain SET last = 0 WHERE task = 2")).isEqualTo(1);
        assertThat(faults())
                .anyMatch(fault -> fault.startsWith("the index of output leads astray for 1.2#1 stdout from offset 0"));
    }

    @Test
    void aRowOfTheOutputIndexThatIsGone() {
        assertThat(index().sql("DELETE FROM chain WHERE task = 2")).isEqualTo(1);
        assertThat(faults())
                .containsExactly("bytes 0 to 99999 of 1.2#1 stdout are missing, and its result at position 2 does not say so");
    }

    @Test
    void aSumOfTheOutputIndexThatIsWrong() {
        assertThat(index().sql("UPDATE segment SET alive = alive + 7")).isEqualTo(1);
        assertThat(faults()).anyMatch(fault -> fault.startsWith("the index of output counts "));
    }

    @Test
    void aResultWithAnotherDigest() {
        store().results(recorded -> recorded.result().task().index() == 2
                ? changed(recorded, new StreamOutput(100_000, DataFolder.sha256(new byte[1]), 0, Bytes.EMPTY))
                : recorded);
        assertThat(faults()).singleElement().asString().startsWith("1.2#1 stdout has SHA-256 ")
                .contains("its result at position 2 says ");
    }

    @Test
    void anInlineOutputWithAnotherDigest() {
        store().results(recorded -> recorded.result().task().index() == 3
                ? changed(recorded, new StreamOutput(5, DataFolder.sha256(new byte[1]), 0, Bytes.utf8("three")))
                : recorded);
        assertThat(faults()).singleElement().asString().startsWith("1.3#2 stdout has SHA-256 ");
    }

    @Test
    void aResultThatSaysLessThanThereIs() {
        store().results(recorded -> recorded.result().task().index() == 2
                ? changed(recorded, new StreamOutput(70_000, DataFolder.sha256(new byte[1]), 0, Bytes.EMPTY))
                : recorded);
        assertThat(faults()).containsExactly(
                "1.2#1 stdout goes up to offset 100000, and its result at position 2 says that it has 70000 bytes");
    }

    private static Payload.Recorded changed(Payload.Recorded recorded, StreamOutput out) {
        var result = recorded.result();
        return new Payload.Recorded(new Result(result.position(), result.task(), result.round(), result.attempt(), result.state(),
                result.agent(), DataFolder.ran(result.run().ending(), out), result.earlier(), result.recordedAt()),
                recorded.returned());
    }

    // ---- the done queue

    @Test
    void aRowOfTheDoneQueueThatIsGone() {
        assertThat(store().sql("DELETE FROM done_block WHERE position = 2")).isEqualTo(1);
        assertThat(faults()).contains("the results from position 2 on are missing, and job 1 has some there",
                "positions 2 to 2 of the done queue are missing, and no job was forgotten",
                "the done queue has no result of 1.2, though the journal says that it ended");
    }

    @Test
    void theRowAndAllThatSpeaksOfIt() {
        store().sql("DELETE FROM done_block WHERE position = 4");
        store().sql("DELETE FROM done_span WHERE position = 4");
        assertThat(faults()).contains("the done queue has no result of 2.1-3, though the journal says that they ended");
    }

    @Test
    void aRowOfTheDoneQueueThatIsDamaged() {
        store().sql("UPDATE done_block SET body = CAST(body || x'00' AS BLOB) WHERE position = 2");
        assertThat(faults()).singleElement().asString().startsWith("the results from position 2 on are damaged: ");
    }

    @Test
    void aResultThatStandsTwice() {
        store().addResult(result(7, new TaskId(1, 2), 1));
        assertThat(faults()).contains("the done queue goes up to position 7, and the journal up to position 6",
                "1.2 has a second result of round 1, at position 7");
    }

    @Test
    void aResultOfATaskThatIsNone() {
        store().addResult(result(7, new TaskId(1, 4), 1));
        assertThat(faults()).contains("position 7 holds a result of 1.4, and job 1 has no such task; its tasks are 1-3");
    }

    @Test
    void aResultOfAJobThatIsNone() {
        store().addResult(result(7, new TaskId(9, 1), 1));
        assertThat(faults()).contains("position 7 holds a result of job 9, and there never was one");
    }

    @Test
    void aResultOfARoundThatIsNone() {
        store().addResult(result(7, new TaskId(1, 2), 2));
        assertThat(faults()).contains("position 7 holds a result of 1.2 in round 2, which never began");
    }

    private static Payload.Recorded result(long position, TaskId task, int round) {
        return new Payload.Recorded(new Result(position, task, round, 1, TaskState.SUCCEEDED, "vm-1",
                DataFolder.ran(new Ending.Exited(0), StreamOutput.NOTHING), List.of(), Instant.EPOCH), List.of());
    }

    @Test
    void resultsThatAreLookedForElsewhere() {
        store().sql("UPDATE done_span SET smallest = 3, largest = 3 WHERE job = 1 AND position = 2");
        assertThat(faults())
                .containsExactly("the results from position 2 on are of tasks 1.2 to 1.2, and are looked for as 1.3 to 1.3");
    }

    @Test
    void anAttemptOfWhichNothingIsRecorded() {
        store().results(recorded -> new Payload.Recorded(recorded.result(), List.of()));
        assertThat(faults()).contains(
                "attempt 1.3#1 is explained by nothing: its result at position 3 does not say how it ended",
                "row 9 of the journal ends 1.3 after attempts that were: #1 to #1 given back; its result at position 3 tells of: none");
    }

    @Test
    void anAttemptThatIsRecordedAndNeverWas() {
        store().results(recorded -> recorded.result().task().index() == 1
                ? new Payload.Recorded(recorded.result(), List.of(new AttemptRange(2, 2)))
                : recorded);
        assertThat(faults())
                .contains("position 1 says that attempts 2 to 2 of 1.1 were given back in round 1: there can be no such ones");
    }

    // ---- the journal

    @Test
    void aRowOfTheJournalThatIsGone() {
        assertThat(store().sql("DELETE FROM journal WHERE number = 4")).isEqualTo(1);
        assertThat(faults()).anyMatch(fault -> fault.startsWith("row 4 of the journal in ")
                && fault.contains("it is missing, and row 5 comes next"));
    }

    @Test
    void theLastRowsOfTheJournal() {
        var last = store().number("SELECT max(number) FROM journal");
        store().sql("DELETE FROM journal WHERE number = " + last);
        assertThat(faults()).anyMatch(fault -> fault.startsWith("row " + last + " of the journal in "));
    }

    @Test
    void aRowOfTheJournalThatIsDamaged() {
        store().sql("UPDATE journal SET body = CAST(body || x'00' AS BLOB) WHERE number = 4");
        assertThat(faults()).anyMatch(fault -> fault.startsWith("row 4 of the journal in ")
                && fault.contains("it was written with checksum"));
    }

    @Test
    void aLeaseThatVanishedFromTheJournal() {
        store().events(event -> event instanceof Event.Leased leased
                && leased.grants().getFirst().attempt() == 2 ? List.of() : List.of(event));
        assertThat(faults()).anyMatch(fault -> fault.contains(
                "of the journal says what cannot follow from what stands before it: released what was not leased: 1.3#2 (Finished)"));
    }

    @Test
    void anEndOfAnAttemptThatVanishedFromTheJournal() {
        store().events(event -> event instanceof Event.Returned ? List.of() : List.of(event));
        assertThat(faults())
                .anyMatch(fault -> fault.contains("says what cannot follow from what stands before it: leased what was not"));
    }

    @Test
    void anEndThatVanishedFromTheJournal() {
        store().events(event -> event instanceof Event.Finished finished && finished.attempt().index() == 2
                ? List.of()
                : List.of(event));
        assertThat(faults()).contains("position 2 holds a result of 1.2 in round 1, which has not ended");
    }

    @Test
    void anotherOutcomeInTheJournal() {
        store().events(event -> event instanceof Event.Finished(var agent, var attempt, _, var position, var at)
                && attempt.index() == 2
                        ? List.of(new Event.Finished(agent, attempt, TaskState.FAILED, position, at))
                        : List.of(event));
        assertThat(faults()).contains("position 2 says that 1.2 has succeeded, and the journal that it has failed");
    }

    @Test
    void aPartOfASnapshotThatIsGone() {
        data.settle();
        data.snapshot();
        data.close();
        assertThat(data.verify().faults()).isEmpty();
        assertThat(store().sql("DELETE FROM snapshot_part")).isPositive();
        assertThat(faults()).anyMatch(fault -> fault.startsWith("snapshot ") && fault.contains("it was written in 1 parts"));
    }

    // ---- the rest

    @Test
    void entriesThatAreGone() {
        assertThat(store().sql("DELETE FROM entry_chunk")).isEqualTo(1);
        assertThat(faults()).containsExactly("the 3 entries of job 1 are missing");
    }

    @Test
    void entriesThatAreDamaged() {
        store().sql("UPDATE entry_chunk SET body = CAST(body || x'00' AS BLOB)");
        assertThat(faults())
                .anyMatch(fault -> fault.startsWith("the entries from 1 on of draft ") && fault.contains("are damaged"));
    }

    @Test
    void entriesOfNobody() {
        store().sql("UPDATE entry_chunk SET draft = x'00000000000000000000000000000009'");
        assertThat(faults()).contains("the 3 entries of job 1 are missing");
        assertThat(faults()).anyMatch(fault -> fault.startsWith("3 entries are kept of 00000000-0000-0000-0000-000000000009"));
    }

    @Test
    void aCursorBeyondTheEnd() {
        store().events(
                event -> event instanceof Event.CursorMoved ? List.of(new Event.CursorMoved("reader", 99)) : List.of(event));
        assertThat(faults()).containsExactly("consumer 'reader' reads on from position 99, and the next result has position 7");
    }
}
