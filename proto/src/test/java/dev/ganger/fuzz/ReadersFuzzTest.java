package dev.ganger.fuzz;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.ganger.json.JsonEntries;
import dev.ganger.json.JsonEntry;
import dev.ganger.json.MalformedJson;
import dev.ganger.model.Amounts;
import dev.ganger.model.Argument;
import dev.ganger.model.Bytes;
import dev.ganger.model.Labels;
import dev.ganger.proto.v1.Indices;
import dev.ganger.proto.v1.JobSpec;
import dev.ganger.proto.v1.Result;
import dev.ganger.proto.v1.Run;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Pem;
import dev.ganger.trust.TokenLine;
import dev.ganger.wire.Address;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.Version;
import dev.ganger.wire.ViewsFromWire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What both ends read from outside. */
final class ReadersFuzzTest {
    @TestFactory
    Stream<DynamicTest> messages() {
        return Fuzz.tests(
                message("a job's specification", JobSpec.parser(), FromWire::spec, Seeds.spec()),
                message("a run", Run.parser(), FromWire::run, Seeds.run()),
                message("a result", Result.parser(), ViewsFromWire::result, Seeds.result()),
                message("indices", Indices.parser(), indices -> FromWire.indices(indices).count(), Seeds.indices()));
    }

    private static <M extends Message> Fuzz message(String name, Parser<M> parser, Consumer<M> mapper, Message seed) {
        return Fuzz.of(name, input -> mapper.accept(parser.parseFrom(input)), IOException.class, IllegalArgumentException.class)
                .from(List.of(seed.toByteArray()));
    }

    @TestFactory
    Stream<DynamicTest> words() {
        return Fuzz.tests(
                word("an address", Address::parse).from("localhost:7411", "[::1]:7411", "queue.example"),
                word("a version", Version::parse).from("0.1.0", "1.12.3-SNAPSHOT"),
                word("a length of time", Amounts::duration).from("1h30m", "500ms", "10s"),
                word("a size", Amounts::bytes).from("4G", "512K", "17"),
                word("a number", text -> Amounts.number(text, 0, 10)).from("7", "10"),
                word("a token", TokenLine::parse).from(Seeds.token().word()),
                word("a label", text -> Labels.parse(List.of(text))).from("zone=north", "gpu"),
                Fuzz.of("an argument with placeholders",
                        input -> Argument.parse(Bytes.of(input), input.length % 2 == 0, true).fill(
                                new JsonEntry(Bytes.utf8("{\"a\":{\"b\":1}}"), 7)),
                        IllegalArgumentException.class)
                        .from("{}", "x{#}y", "{.a.b}", "{{}}${}"));
    }

    private static Fuzz word(String name, Consumer<String> parser) {
        return Fuzz.of(name, input -> parser.accept(new String(input, StandardCharsets.UTF_8)), IllegalArgumentException.class);
    }

    @TestFactory
    Stream<DynamicTest> keysAndCertificates() {
        return Fuzz.tests(
                Fuzz.of("a certificate", input -> {
                    var certificate = Certificates.read(Bytes.of(input));
                    Certificates.id(certificate, Certificates.AGENT);
                    Certificates.name(certificate);
                    Certificates.isSignedBy(certificate, certificate);
                }, IllegalArgumentException.class).from(Seeds.certificates()),
                Fuzz.of("a public key", input -> Keys.readPublic(Bytes.of(input)), IllegalArgumentException.class)
                        .from(List.of(Seeds.KEY.getPublic().getEncoded())),
                Fuzz.of("a private key", input -> Keys.readPrivate(Bytes.of(input)), IllegalArgumentException.class)
                        .from(List.of(Seeds.KEY.getPrivate().getEncoded())),
                word("PEM", text -> Pem.read(Pem.PUBLIC_KEY, text))
                        .from(Pem.text(Pem.PUBLIC_KEY, Bytes.wrap(Seeds.KEY.getPublic().getEncoded()))));
    }

    @TestFactory
    Stream<DynamicTest> entries() {
        return Fuzz.tests(Fuzz.of("entries that are JSON", input -> {
            var entries = new JsonEntries(new ByteArrayInputStream(input), "it");
            for (var entry = entries.next(); entry != null; entry = entries.next()) {
                new JsonEntry(entry.text(), 1).field("a");
            }
        }, MalformedJson.class, IOException.class, IllegalArgumentException.class).from("[1,\"a\",{\"a\":{\"b\":[null]}}]",
                "{\"a\":1}\n{\"a\":2}\n", "\"\\ud800\" 1e999999 -0"));
    }
}
