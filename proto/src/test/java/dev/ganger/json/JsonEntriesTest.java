package dev.ganger.json;

import dev.ganger.json.JsonEntries.Entry;
import dev.ganger.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class JsonEntriesTest {
    private static List<Entry> read(InputStream in) {
        var entries = new JsonEntries(in, "'f'");
        var all = new ArrayList<Entry>();
        for (var entry = entries.next(); entry != null; entry = entries.next()) {
            all.add(entry);
        }
        return all;
    }

    private static List<Entry> read(String text) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(String text) {
        return read(text).stream().map(entry -> entry.text().toString()).toList();
    }

    private static void assertMalformed(String text, String sentence) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedJson.class).hasMessage(sentence);
    }

    @Test
    void theElementsOfAnArrayAreEntries() {
        assertThat(texts(" [ {\"a\" : [1, 2 ]} , \"host1\", 1.50, -0, true, null, [ ], \"\" ]\n"))
                .containsExactly("{\"a\":[1,2]}", "host1", "1.50", "-0", "true", "null", "[]", "");
    }

    @Test
    void valuesOneAfterTheOtherAreEntries() {
        assertThat(texts("{\"a\":1}\n{\"a\":2}\n\n\"x\" 7\n")).containsExactly("{\"a\":1}", "{\"a\":2}", "x", "7");
        assertThat(texts("{}{}\"a\"\"b\"[]")).as("an array is one only if it comes first").containsExactly("{}", "{}", "a", "b",
                "[]");
    }

    @Test
    void thereMayBeNone() {
        assertThat(texts("")).isEmpty();
        assertThat(texts(" \n ")).isEmpty();
        assertThat(texts("[]")).isEmpty();
    }

    @Test
    void whatIsInAStringStaysAsGiven() {
        assertThat(texts("[{ \"a b\" : \"\\u00e4 \\\" \\\\\" , \"c\":\"ä  } ]\" }]"))
                .containsExactly("{\"a b\":\"\\u00e4 \\\" \\\\\",\"c\":\"ä  } ]\"}");
        assertThat(texts("\"\\u00e4\\n\\ud83d\\ude00\"")).containsExactly("ä\n😀");
    }

    @Test
    void aNumberOfAnySizeStaysAsGiven() {
        var digits = "9".repeat(5000);
        assertThat(texts(digits + " 1e999999999 {\"n\":" + digits + "}")).containsExactly(digits, "1e999999999",
                "{\"n\":" + digits + "}");
    }

    @Test
    void anEntryKnowsItsPlace() {
        assertThat(read("[1,\n  {\"a\":1},\n\t\"ä\", {}]").stream().map(entry -> entry.where().toString()))
                .containsExactly("entry 1 of 'f' (line 1, column 2)", "entry 2 of 'f' (line 2, column 3)",
                        "entry 3 of 'f' (line 3, column 2)", "entry 4 of 'f' (line 3, column 8)");
        assertThat(read("{} 1").stream().map(Entry::isObject)).containsExactly(true, false);
    }

    @Test
    void whatIsNotJsonIsSaidWithItsPlace() {
        assertMalformed("[{\"a\":1},\n {\"a\" 2}]",
                "'f' is not JSON at line 2, column 7: unexpected character ('2' (code 50)): was expecting a colon to separate property name and value");
        assertMalformed("[1 2]",
                "'f' is not JSON at line 1, column 4: unexpected character ('2' (code 50)): was expecting comma to separate Array entries");
        assertMalformed("{\"a\":1", "'f' is not JSON at line 1, column 7: it ends within a value");
        assertMalformed("[1,2", "'f' is not JSON at line 1, column 5: it ends within a value");
        assertMalformed("{\"a\":1,\"a\":2}", "'f' is not JSON at line 1, column 11: duplicate Object property \"a\"");
        assertThatThrownBy(() -> read("nul")).isInstanceOf(MalformedJson.class)
                .hasMessageStartingWith("'f' is not JSON at line 1, column 1: unrecognized token 'nul'");
        assertThatThrownBy(() -> read("host1\nhost2\n"))
                .hasMessageStartingWith("'f' is not JSON at line 1, column 1: unrecognized token 'host1'");
    }

    @Test
    void nothingMayFollowTheArray() {
        assertMalformed("[1]\n [2]", "'f' goes on after its array (line 2, column 2): entries are the elements of one array,"
                + " or values one after the other");
        assertThatThrownBy(() -> read("[1] x"))
                .hasMessageStartingWith("'f' is not JSON at line 1, column 5: unrecognized token 'x'");
    }

    @Test
    void depthHasABound() {
        assertThat(texts("[" + "[".repeat(100) + "]".repeat(100) + "]")).hasSize(1);
        assertMalformed("{\"a\":" + "[".repeat(150),
                "'f' is not JSON at line 1, column 107: arrays and objects are more than 100 deep within each other");
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        for (var name : new String[]{"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"}) {
            var bytes = "[1]".getBytes(Charset.forName(name));
            assertThatThrownBy(() -> read(new ByteArrayInputStream(bytes))).as(name)
                    .hasMessage("'f' is not UTF-8 but UTF-16 or UTF-32; convert it first, for example with iconv");
        }
        assertThatThrownBy(() -> texts("\ufeff\u0018\0\0\0\":3}")).as("a mark of UTF-8 before UTF-32")
                .hasMessageContaining("is not UTF-8 but");
        assertThat(texts("\ufeff[\"a\"]")).as("a mark of UTF-8 is skipped").containsExactly("a");
        var latin = "{\"a\": \"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(new ByteArrayInputStream(latin))).isInstanceOf(MalformedJson.class)
                .hasMessageContaining("UTF-8");
        var latinString = "\"\u00e4\"".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(new ByteArrayInputStream(latinString))).isInstanceOf(MalformedJson.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void whatNoArgumentCanHoldIsNamed() {
        assertMalformed("[1, \"a\\u0000\"]",
                "entry 2 of 'f' (line 1, column 5) contains a NUL character, which no argument can hold");
        assertMalformed("\"\\ud800\"", "entry 1 of 'f' (line 1, column 1) holds half of a surrogate pair, which is no character");
        assertThat(read("\"" + "x".repeat(128 * 1024 - 1) + "\"")).hasSize(1);
        assertMalformed("\"" + "x".repeat(128 * 1024) + "\"",
                "entry 1 of 'f' (line 1, column 1) is too long: an entry must be smaller than 131072 bytes");
        assertMalformed("[{\"a\":\"" + "x".repeat(128 * 1024) + "\"}]",
                "entry 1 of 'f' (line 1, column 2) is too long: an entry must be smaller than 131072 bytes");
    }

    @Test
    void aValueThatNeverEndsNeedsNoMemory() {
        for (var begin : new String[]{"{\"a\":\"", "\"", "[\"", "{\"a\":[1,", "1"}) {
            assertThatThrownBy(() -> read(new Endless(begin))).as(begin).isInstanceOf(MalformedJson.class)
                    .hasMessageContaining("too long");
        }
    }

    /** After a beginning, the digit 1 for ever. */
    private static final class Endless extends InputStream {
        private final byte[] begin;
        private int at;

        Endless(String begin) {
            this.begin = begin.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            if (at > 1 << 26) {
                throw new AssertionError("read " + at + " bytes");
            }
            return at++ < begin.length ? begin[at - 1] : '1';
        }
    }

    @Test
    void manyEntriesAreReadFromASmallPartOfTheStream() {
        var text = new StringBuilder("[");
        for (var i = 0; i < 20_000; i++) {
            text.append(i == 0 ? "" : ",").append("\n  {\"host\": \"h").append(i).append("\", \"pad\": \"")
                    .append("y".repeat(i % 300)).append("\"}");
        }
        var entries = read(new Dribble(text.append("]").toString()));
        assertThat(entries).hasSize(20_000);
        for (var i = 0; i < 20_000; i++) {
            assertThat(entries.get(i).text())
                    .isEqualTo(Bytes.utf8("{\"host\":\"h" + i + "\",\"pad\":\"" + "y".repeat(i % 300) + "\"}"));
        }
    }

    /** Gives a few bytes at a time. */
    private static final class Dribble extends InputStream {
        private final byte[] content;
        private int at;

        Dribble(String text) {
            this.content = text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            return at < content.length ? content[at++] : -1;
        }

        @Override
        public int read(byte[] target, int offset, int wanted) {
            if (at == content.length) {
                return -1;
            }
            var count = Math.min(Math.min(1 + at % 7, wanted), content.length - at);
            System.arraycopy(content, at, target, offset, count);
            at += count;
            return count;
        }
    }

    @Test
    void fieldsOfAnEntry() {
        var entry = new JsonEntry(Bytes.utf8(
                "{\"skip\":{\"host\":0}, \"host\":\"h\\u00e41\",\"n\":1.50,\"l\":[1, {\"x\": \" \"}],\"z\":null,\"a.b\":true}"),
                3);
        assertThat(List.of("host", "n", "l", "z", "a.b").stream().map(entry::field))
                .containsExactly(Bytes.utf8("hä1"), Bytes.utf8("1.50"), Bytes.utf8("[1,{\"x\":\" \"}]"), Bytes.utf8("null"),
                        Bytes.utf8("true"));
        assertThatThrownBy(() -> entry.field("x")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the entry has no field 'x'");
        assertThatThrownBy(() -> new JsonEntry(Bytes.utf8("host1"), 1).field("x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JsonEntry(Bytes.utf8("[1]"), 1).field("x"))
                .hasMessage("the entry is no JSON object, so it has no field 'x'");
        assertThatThrownBy(() -> new JsonEntry(Bytes.utf8("{\"x\":\"\\u0000\"}"), 1).field("x"))
                .hasMessage("the entry has a field 'x' with a NUL character, which no argument can hold");
    }

    @Test
    void anEntryIsCheckedForTheFieldsThatAreAskedFor() {
        var entries = read("[{\"a\":1,\"b\":\"\"},\n {\"a\":2}, \"{\\\"a\\\":1}\", 7]");
        entries.getFirst().check(List.of("a", "b"));
        entries.get(1).check(List.of("a"));
        entries.get(2).check(List.of());
        assertThatThrownBy(() -> entries.get(1).check(List.of("a", "b"))).isInstanceOf(MalformedJson.class)
                .hasMessage("entry 2 of 'f' (line 2, column 2) has no field 'b'");
        assertThatThrownBy(() -> entries.get(2).check(List.of("a")))
                .hasMessage("entry 3 of 'f' (line 2, column 11) is no JSON object, so it has no field 'a'");
        assertThatThrownBy(() -> entries.get(3).check(List.of("a"))).isInstanceOf(MalformedJson.class);
    }
}
