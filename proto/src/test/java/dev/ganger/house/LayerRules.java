package dev.ganger.house;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Timer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Who may see whom. The rules hold in every module; what a module does not have cannot break one. */
final class LayerRules {
    private static final String[] GENERATED = {"dev.ganger.proto..", "..v1.."};

    private LayerRules() {}

    /** One test a rule, on the compiled classes in a folder. */
    static Stream<DynamicTest> tests(Path folder) {
        JavaClasses compiled = read(folder);
        return all().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(),
                        () -> rule.getValue().allowEmptyShould(true).check(compiled)));
    }

    /** The classes in a folder; of others only their names, because reading the whole class path takes much longer. */
    static JavaClasses read(Path folder) {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath(folder);
    }

    /** Every rule under its name. */
    static Map<String, ArchRule> all() {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("theCoreSeesOnlyValues", coreSeesOnlyValues());
        rules.put("theCoreIsAFunctionOfWhatItIsGiven", coreAsksNobody());
        rules.put("theModelIsWordsWithoutAWire", modelHasNoWire());
        rules.put("entriesAreReadWithoutAWire", entriesAreReadWithoutAWire());
        rules.put("theCommandLineIsReadAtTheSurface", commandLineIsReadAtTheSurface());
        rules.put("configurationIsReadInOnePlace", configurationIsReadInOnePlace());
        rules.put("configurationAsksOnlyThisMachine", configurationAsksOnlyThisMachine());
        rules.put("theApiAsksTheLoopAndNeverTheStore", apiNeverTouchesTheStore());
        rules.put("whatIsVerifiedIsReadByItself", verifierReadsByItself());
        rules.put("nobodyLeansOnTheVerifier", nobodyLeansOnTheVerifier());
        rules.put("onlyTheEdgesSpeakGrpc", onlyTheEdgesSpeakGrpc());
        rules.put("theDatabaseStaysInTheStore", databaseStaysInTheStore());
        rules.put("theProgramsMeetOnlyOnTheWire", programsMeetOnlyOnTheWire("agent", "coordinator", "cli"));
        rules.put("theCoordinatorDoesNotKnowItsAgents", programsMeetOnlyOnTheWire("coordinator", "agent", "cli"));
        rules.put("theCliKnowsOnlyTheContract", programsMeetOnlyOnTheWire("cli", "coordinator", "agent"));
        rules.put("theReferenceIsMadeFromWhatTheProgramsTell", referenceSeesOnlyUsages());
        rules.put("packagesAreNamedForTheirJob", packagesAreNamedForTheirJob());
        rules.put("classesAreNamedForWhatTheyAre", classesAreNamedForWhatTheyAre());
        rules.put("packagesHaveNoCycles", packagesHaveNoCycles());
        return rules;
    }

    private static ArchRule coreSeesOnlyValues() {
        return classes().that().resideInAPackage("dev.ganger.*.core..").should().onlyDependOnClassesThat(resideInAnyPackage(
                "dev.ganger.*.core..", "dev.ganger.model..", "java.lang", "java.lang.annotation", "java.lang.runtime",
                "java.util",
                "java.util.function", "java.util.stream", "java.time..", "org.jspecify.annotations"));
    }

    private static ArchRule coreAsksNobody() {
        return noClasses().that().resideInAPackage("dev.ganger.*.core..").should()
                .accessTargetWhere(describe("asks for the time, for chance, for a thread or for the machine", LayerRules::asks));
    }

    private static boolean asks(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String member = access.getName();
        boolean aClock = owner.getPackageName().equals("java.time") && (member.equals("now") || member.startsWith("system"));
        boolean aDie = owner.getSimpleName().contains("Random") || member.equals("random") || member.equals("randomUUID");
        boolean aThread = owner.isEquivalentTo(Thread.class) || member.startsWith("parallel")
                || owner.isEquivalentTo(Timer.class);
        boolean theMachine = owner.isEquivalentTo(System.class) && !member.equals("arraycopy")
                || owner.isEquivalentTo(Runtime.class) || owner.isEquivalentTo(ProcessHandle.class);
        return aClock || aDie || aThread || theMachine;
    }

    private static ArchRule modelHasNoWire() {
        return noClasses().that().resideInAPackage("dev.ganger.model..").should()
                .dependOnClassesThat(resideInAnyPackage("com.google..", "io.grpc..", "dev.ganger.proto..", "dev.ganger.wire..",
                        "dev.ganger.json..", "tools.jackson..", "dev.ganger.config..", "dev.ganger.program.."));
    }

    private static ArchRule entriesAreReadWithoutAWire() {
        return classes().that().resideInAPackage("dev.ganger.json..").should().onlyDependOnClassesThat(resideInAnyPackage(
                "dev.ganger.json..", "dev.ganger.model..", "java..", "tools.jackson.core..", "org.jspecify.annotations"));
    }

    private static ArchRule commandLineIsReadAtTheSurface() {
        return noClasses().that(resideInAnyPackage("dev.ganger.model..", "dev.ganger.wire..", "dev.ganger.config..",
                "dev.ganger.coordinator.*..", "dev.ganger.agent.*..", "dev.ganger.cli.client..", "dev.ganger.cli.view.."))
                .should().dependOnClassesThat().resideInAPackage("picocli..");
    }

    private static ArchRule configurationIsReadInOnePlace() {
        return noClasses().that(areNotIn("dev.ganger.config..")).should()
                .dependOnClassesThat(resideInAnyPackage("org.snakeyaml..", "tools.jackson.dataformat.."));
    }

    /** So that it costs a client's start next to nothing. */
    private static ArchRule configurationAsksOnlyThisMachine() {
        return classes().that().resideInAPackage("dev.ganger.config..").should().onlyDependOnClassesThat(
                resideInAnyPackage("dev.ganger.config..", "java..", "org.jspecify.annotations", "org.snakeyaml.."));
    }

    private static ArchRule apiNeverTouchesTheStore() {
        return noClasses().that().resideInAPackage("dev.ganger.coordinator.api..").should()
                .dependOnClassesThat().resideInAPackage("dev.ganger.coordinator.store..");
    }

    /** No loop and no server runs where a folder is only looked at. */
    private static ArchRule verifierReadsByItself() {
        return classes().that().resideInAPackage("dev.ganger.coordinator.verify..").should().onlyDependOnClassesThat(
                resideInAnyPackage("dev.ganger.coordinator.verify..", "dev.ganger.coordinator.core..",
                        "dev.ganger.coordinator.store..", "dev.ganger.coordinator.output..", "dev.ganger.model..", "java..",
                        "org.jspecify.annotations"));
    }

    private static ArchRule nobodyLeansOnTheVerifier() {
        return noClasses().that(areNotIn("dev.ganger.coordinator", "dev.ganger.coordinator.verify..")).should()
                .dependOnClassesThat().resideInAPackage("dev.ganger.coordinator.verify..");
    }

    private static ArchRule onlyTheEdgesSpeakGrpc() {
        return noClasses().that(
                areNotIn("dev.ganger.coordinator.api..", "dev.ganger.coordinator.security..", "dev.ganger.coordinator.ops..",
                        "dev.ganger.wire..", "dev.ganger.proto..", "dev.ganger.agent.link..", "dev.ganger.agent.output..",
                        "dev.ganger.cli.client.."))
                .should().dependOnClassesThat().resideInAPackage("io.grpc..");
    }

    private static ArchRule databaseStaysInTheStore() {
        return noClasses().that(areNotIn("dev.ganger.coordinator.store..")).should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite.."));
    }

    private static ArchRule programsMeetOnlyOnTheWire(String program, String other, String third) {
        return noClasses().that().resideInAPackage("dev.ganger." + program + "..").should()
                .dependOnClassesThat(resideInAnyPackage("dev.ganger." + other + "..", "dev.ganger." + third + ".."));
    }

    private static ArchRule referenceSeesOnlyUsages() {
        return noClasses().that().resideInAPackage("dev.ganger.cli.reference..").should()
                .dependOnClassesThat(resideInAnyPackage("picocli..", "dev.ganger.cli.command..", "dev.ganger.cli.client..",
                        "dev.ganger.cli.view.."));
    }

    private static ArchRule packagesAreNamedForTheirJob() {
        return noClasses().should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..impl..",
                        "..manager..");
    }

    private static ArchRule classesAreNamedForWhatTheyAre() {
        return noClasses().that(areNotIn(GENERATED)).should()
                .haveNameMatching("(.*[.$])?(Abstract[^.$]*|[^.$]*(Manager|Helper|Utils?|Impl))");
    }

    private static ArchRule packagesHaveNoCycles() {
        return SlicesRuleDefinition.slices().matching("dev.ganger.(**)").should().beFreeOfCycles();
    }

    private static DescribedPredicate<JavaClass> areNotIn(String... packages) {
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }
}
