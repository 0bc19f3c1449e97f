package dev.ganger.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Against real datagram sockets, which Perl has and Java has not. */
final class ReadinessTest {
    private static final String RECEIVER = """
            use Socket; $| = 1;
            my $name = $ARGV[0]; $name =~ s/^@/\\0/;
            socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die $!;
            bind($socket, pack_sockaddr_un($name)) or die $!;
            print "bound\\n";
            alarm 60;
            for (1 .. 2) { recv($socket, my $state, 1000, 0); print "$state\\n--\\n"; }
            """;

    @TempDir
    Path folder;
    private @Nullable Process receiver;

    @AfterEach
    void end() {
        if (receiver != null) {
            receiver.destroyForcibly();
        }
    }

    @Test
    void aSocketWithAPathHears() throws Exception {
        assertHeard(folder.resolve("notify").toString());
    }

    @Test
    void aSocketInTheAbstractHears() throws Exception {
        assertHeard("@ganger-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    }

    private void assertHeard(String socket) throws IOException, InterruptedException {
        receiver = new ProcessBuilder("perl", "-e", RECEIVER, socket).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = receiver.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("bound");
            var readiness = Readiness.to(socket);
            readiness.ready("serving on localhost:7411");
            readiness.stopping("SIGTERM:\nending");
            assertThat(said.lines().collect(Collectors.joining("\n"))).isEqualTo("""
                    READY=1
                    STATUS=serving on localhost:7411
                    --
                    STOPPING=1
                    STATUS=SIGTERM: ending
                    --""");
            assertThat(receiver.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whereNobodyHearsNothingHappens() {
        for (var socket : new @Nullable String[]{null, "", "nonsense", "@", "/no/such/socket", "/" + "long/".repeat(30),
                folder.toString()}) {
            assertThatCode(() -> Readiness.to(socket).ready("serving")).as(socket).doesNotThrowAnyException();
        }
    }
}
