package dev.ganger.agent.exec;

import dev.ganger.agent.exec.Workshop.Order;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Ending.Obstacle;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class StartingTest {
    private final Workshop workshop = new Workshop();
    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() {
        workshop.close();
    }

    @Test
    void everyExitCodeArrivesAsItIs() {
        var children = IntStream.range(0, 256).mapToObj(code -> workshop.start(Order.shell("exit " + code))).toList();
        for (int code = 0; code < 256; code++) {
            assertThat(children.get(code).exit().ending()).isEqualTo(new Ending.Exited(code));
        }
    }

    @Test
    void anExitCodeOf137IsNotASignal() {
        assertThat(workshop.run(Order.shell("exit 137")).exit().ending()).isEqualTo(new Ending.Exited(137));
        assertThat(workshop.run(Order.shell("kill -9 $$")).exit().ending()).isEqualTo(new Ending.Signaled(9));
        assertThat(workshop.run(Order.shell("kill -6 $$")).exit().ending()).isEqualTo(new Ending.Signaled(6));
    }

    @Test
    void aProgramThatIsNowhereInThePathIsNotFound() {
        assertThat(obstacle(Order.of("no-such-program"))).isEqualTo(Obstacle.NO_SUCH_PROGRAM);
        assertThat(obstacle(Order.of("/no/such/program"))).isEqualTo(Obstacle.NO_SUCH_PROGRAM);
        assertThat(obstacle(Order.of("./no-such-program"))).isEqualTo(Obstacle.NO_SUCH_PROGRAM);
    }

    @Test
    void theMessageNamesTheProgramAndThePath() {
        assertThat(cannotStart(Order.of("no-such-program")).text()).contains("no-such-program", "/usr/local/bin:/usr/bin:/bin");
    }

    @Test
    void aFileWithoutTheRightIsNotExecutable() throws IOException {
        Files.writeString(folder.resolve("plain"), "#!/bin/sh\n");
        assertThat(obstacle(Order.of("./plain").in(folder))).isEqualTo(Obstacle.NOT_EXECUTABLE);
        assertThat(obstacle(Order.of("plain").withEnvironment(Bytes.utf8("PATH=" + folder)))).isEqualTo(Obstacle.NOT_EXECUTABLE);
    }

    @Test
    void aDirectoryIsNotExecutable() {
        assertThat(obstacle(Order.of("/usr"))).isEqualTo(Obstacle.NOT_EXECUTABLE);
        assertThat(obstacle(Order.of("lib").withEnvironment(Bytes.utf8("PATH=/usr")))).isEqualTo(Obstacle.NOT_EXECUTABLE);
    }

    @Test
    void aScriptWhoseInterpreterIsMissingIsNotExecutable() throws IOException {
        program("orphan", "#!/no/such/interpreter\n");
        assertThat(obstacle(Order.of("./orphan").in(folder))).isEqualTo(Obstacle.NOT_EXECUTABLE);
    }

    @Test
    void aBinaryOfNoKnownKindIsNotExecutable() throws IOException {
        program("strange", "\177ELF\2\1\1\0\0\0\0");
        assertThat(obstacle(Order.of("./strange").in(folder))).isEqualTo(Obstacle.NOT_EXECUTABLE);
    }

    @Test
    void aScriptWithoutAnInterpreterIsRunByTheShell() throws IOException {
        program("bare", "echo \"$0 $1\"; exit 3\n");
        var child = workshop.run(Order.of("./bare", "argument").in(folder));
        assertThat(child.stdoutText()).isEqualTo("./bare argument\n");
        assertThat(child.exit().ending()).isEqualTo(new Ending.Exited(3));
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThat(obstacle(Order.of("true").in(folder.resolve("missing")))).isEqualTo(Obstacle.NO_SUCH_DIRECTORY);
        assertThat(obstacle(Order.of("./true").in(folder.resolve("missing")))).isEqualTo(Obstacle.NO_SUCH_DIRECTORY);
        assertThat(obstacle(Order.of("true").in(Path.of("/etc/passwd")))).isEqualTo(Obstacle.NO_SUCH_DIRECTORY);
    }

    @Test
    void aProgramIsLookedUpInThePathOfTheTask() throws IOException {
        program("true", "#!/bin/sh\necho mine\n");
        assertThat(workshop.run(Order.of("true").withEnvironment(Bytes.utf8("PATH=/missing:" + folder + ":/bin"))).stdoutText())
                .isEqualTo("mine\n");
        assertThat(workshop.run(Order.of("true").withEnvironment(Bytes.utf8("PATH=")).in(folder)).stdoutText())
                .isEqualTo("mine\n");
        assertThat(workshop.run(Order.of("true").withEnvironment()).exit().ending().succeeded()).isTrue();
    }

    @Test
    void aProgramWithASlashIsRelativeToTheDirectory() throws IOException {
        program("tool", "#!/bin/sh\npwd\n");
        assertThat(workshop.run(Order.of("./tool").in(folder)).stdoutText()).isEqualTo(folder.toRealPath() + "\n");
    }

    @Test
    void theEnvironmentIsExactlyWhatWasAsked() {
        var odd = Bytes.of((byte) 'O', (byte) '=', (byte) 0xff, (byte) 0x80, (byte) '\n');
        var launch = workshop
                .launch(Order.of("/bin/cat", "/proc/self/environ").withEnvironment(Bytes.utf8("A=1"), odd, Bytes.utf8("E=")));
        var child = run(launch);
        assertThat(child.stdoutText()).isEqualTo("A=1\0O=\u00ff\u0080\n\0E=\0GANGER_TASK=" + launch.taskMark() + "\0");
    }

    @Test
    void argumentsAreExactToTheByte() {
        var odd = Bytes.of((byte) 0xff, (byte) 0xc3, (byte) 1);
        var child = workshop.run(Order.shell("cat /proc/$$/cmdline").withArguments(Bytes.EMPTY, odd, Bytes.EMPTY));
        assertThat(child.stdoutText()).isEqualTo("/bin/sh\0-c\0cat /proc/$$/cmdline\0sh\0\0\u00ff\u00c3\1\0\0");
    }

    @Test
    void anEmptyStandardInputEndsAtOnce() {
        assertThat(workshop.run(Order.of("cat")).stdoutBytes()).isEmpty();
    }

    @Test
    void standardInputArrivesWhole() {
        byte[] input = new byte[1024 * 1024];
        new java.util.SplittableRandom(7).nextBytes(input);
        assertThat(workshop.run(Order.of("cat").input(Bytes.of(input))).stdoutBytes()).isEqualTo(input);
    }

    @Test
    void standardInputThatIsNotReadHoldsNobodyUp() {
        assertThat(workshop.run(Order.of("true").input(Bytes.of(new byte[1024 * 1024]))).exit().ending().succeeded()).isTrue();
    }

    @Test
    void aChildHasThreeDescriptorsOnly() throws Throwable {
        var duplicate = LibC.function("dup", FunctionDescriptor.of(LibC.INT, LibC.INT));
        int inheritable = (int) duplicate.invokeExact(2);
        try {
            assertThat(workshop.run(Order.of("ls", "/proc/self/fd").input(Bytes.utf8("x"))).stdoutText())
                    .as("and the one by which ls lists them").isEqualTo("0\n1\n2\n3\n");
        } finally {
            Descriptors.close(inheritable);
        }
    }

    @Test
    void aChildIsTheLeaderOfItsOwnSession() {
        var child = workshop.run(Order.of("cat", "/proc/self/stat"));
        long pid = child.child().pid();
        assertThat(child.stdoutText()).as("its group and its session").contains(" " + pid + " " + pid + " ");
    }

    @Test
    void aChildBlocksAndIgnoresNoSignal() throws Throwable {
        var status = withBlockedAndIgnoredSignals(() -> workshop.run(Order.of("grep", "^Sig[BI]", "/proc/self/status")));
        assertThat(status.stdoutText()).isEqualTo("""
                SigBlk:\t0000000000000000
                SigIgn:\t0000000000000000
                """);
    }

    private static Recorder withBlockedAndIgnoredSignals(java.util.function.Supplier<Recorder> run) throws Throwable {
        int windowChange = 28;
        var signal = LibC.function("signal", FunctionDescriptor.of(LibC.LONG, LibC.INT, LibC.LONG));
        var mask = LibC.function("pthread_sigmask", FunctionDescriptor.of(LibC.INT, LibC.INT, LibC.POINTER, LibC.POINTER));
        try (var arena = Arena.ofConfined()) {
            var set = arena.allocate(128, 8);
            set.set(LibC.LONG, 0, 1L << (windowChange - 1));
            long _ = (long) signal.invokeExact(windowChange, 1L);
            int _ = (int) mask.invokeExact(0, set, MemorySegment.NULL);
            try {
                return run.get();
            } finally {
                int _ = (int) mask.invokeExact(1, set, MemorySegment.NULL);
                long _ = (long) signal.invokeExact(windowChange, 0L);
            }
        }
    }

    @Test
    void theUsageOfTheCpuIsCounted() {
        var exit = workshop.run(Order.shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done")).exit();
        assertThat(exit.cpuUser()).isPositive();
    }

    @Test
    void theMemoryOfALargeChildIsCountedAndThatOfASmallOneIsUnknown() {
        long more = Kernel.ownMaxRssBytes() + 64 * 1024 * 1024;
        var large = workshop.run(Order.of("dd", "if=/dev/zero", "of=/dev/null", "count=1", "bs=" + more)).exit();
        assertThat(large.maxRssBytes()).isBetween(more, more * 2);
        assertThat(workshop.run(Order.of("true")).exit().maxRssBytes()).isZero();
    }

    @Test
    void aLaunchThatCannotBeSaidIsRefused() {
        var good = workshop.launch(Order.of("true"));
        var none = good.standardInput();
        var refusals = List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                () -> new Launch(List.of(), good.environment(), good.directory(), good.taskMark(), good.grace(), none),
                () -> new Launch(good.arguments(), List.of(), good.directory(), good.taskMark(), good.grace(), none),
                () -> new Launch(good.arguments(), good.environment(), Bytes.utf8("tmp"), good.taskMark(), good.grace(), none),
                () -> new Launch(List.of(Bytes.of((byte) 'a', (byte) 0)), good.environment(), good.directory(), good.taskMark(),
                        good.grace(), none));
        assertThat(refusals).allSatisfy(each -> assertThatThrownBy(each).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void failedStartsLeaveNothing() {
        var obstacles = new ArrayList<Obstacle>();
        for (int i = 0; i < 50; i++) {
            obstacles.add(obstacle(Order.of("/usr").input(Bytes.utf8("unread"))));
        }
        assertThat(obstacles).containsOnly(Obstacle.NOT_EXECUTABLE);
    }

    private Recorder run(Launch launch) {
        var recorder = new Recorder();
        try {
            recorder.child = workshop.processes.start(launch, recorder);
        } catch (CannotStart obstacle) {
            throw new AssertionError(obstacle);
        }
        recorder.exit();
        return recorder;
    }

    private void program(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, content, ISO_8859_1);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Obstacle obstacle(Order order) {
        return cannotStart(order).obstacle();
    }

    private Ending.CannotStart cannotStart(Order order) {
        return catchThrowableOfType(CannotStart.class, () -> workshop.processes.start(workshop.launch(order), new Recorder()))
                .ending();
    }
}
