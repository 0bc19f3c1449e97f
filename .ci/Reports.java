import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Reads the reports of surefire and failsafe below the current folder and ends with one line, `N passed, N failed`. A test
 * that was skipped counts as failed unless its reason begins with one of the arguments. Exits with 1 if any failed or none ran.
 */
final class Reports {
    private record Test(String name, Outcome outcome, String reason) {}

    private enum Outcome {
        PASSED, FAILED, SKIPPED
    }

    public static void main(String[] allowedReasons) throws IOException {
        List<Test> tests = tests();
        List<Test> skipped = tests.stream().filter(test -> test.outcome() == Outcome.SKIPPED).toList();
        List<Test> unexcused = skipped.stream().filter(test -> Stream.of(allowedReasons).noneMatch(test.reason()::startsWith)).toList();
        skipped.forEach(test -> System.out.println((unexcused.contains(test) ? "Skipped, but could have run: " : "Skipped: ")
                + test.name() + ": " + test.reason()));
        long passed = tests.stream().filter(test -> test.outcome() == Outcome.PASSED).count();
        long failed = tests.size() - passed - skipped.size() + unexcused.size();
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed > 0 || passed == 0 ? 1 : 0);
    }

    private static List<Test> tests() throws IOException {
        try (Stream<Path> files = Files.find(Path.of("."), 4, (file, _) -> file.getFileName().toString().matches("TEST-.*\\.xml")
                && file.getParent().getFileName().toString().matches("(surefire|failsafe)-reports"))) {
            return files.sorted().flatMap(Reports::testsIn).toList();
        }
    }

    private static Stream<Test> testsIn(Path report) {
        try {
            NodeList cases = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile())
                    .getElementsByTagName("testcase");
            return IntStream.range(0, cases.getLength()).mapToObj(number -> test((Element) cases.item(number))).toList().stream();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new UncheckedIOException(new IOException("Expected a test report, found " + report, e));
        }
    }

    private static Test test(Element found) {
        String name = found.getAttribute("classname") + "." + found.getAttribute("name");
        if (found.getElementsByTagName("failure").getLength() + found.getElementsByTagName("error").getLength() > 0) {
            return new Test(name, Outcome.FAILED, "");
        }
        NodeList skips = found.getElementsByTagName("skipped");
        if (skips.getLength() == 0) {
            return new Test(name, Outcome.PASSED, "");
        }
        return new Test(name, Outcome.SKIPPED, reason((Element) skips.item(0)));
    }

    /** A test's own reason is an attribute; that of a whole class is the first line of a stack trace. */
    private static String reason(Element skipped) {
        String said = skipped.hasAttribute("message") ? skipped.getAttribute("message") : skipped.getTextContent();
        return said.lines().findFirst().orElse("").replaceFirst("^.*?Assumption failed: ", "");
    }
}
