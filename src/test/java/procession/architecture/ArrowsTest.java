package procession.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import procession.Row;

/** Holds the arrows between the packages, as docs/architecture.md draws them. */
class ArrowsTest {

    private static final JavaClasses OWN = new ClassFileImporter().importPath(Path.of("target/classes"));
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPath(Path.of("target/samples-classes"));

    @ParameterizedTest(name = "procession.{0} uses only {1}")
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "core    | org.pcollections",
        "record  | procession.core com.fasterxml.jackson.core..",
        "view    | procession.core procession.record com.fasterxml.jackson.core.. com.sun.net.httpserver",
        "wire    | procession procession.core com.esotericsoftware.kryo.. akka.. org.objenesis.. scala.. com.typesafe.config..",
        "keeper  | procession.core procession.wire akka.. scala.. org.slf4j",
        "session | procession procession.core procession.wire akka.. scala..",
        "pool    | procession procession.core",
        "node    | procession procession.core procession.record procession.wire procession.keeper procession.session procession.pool"
                + " procession.ask procession.view me.tongfei.progressbar akka.. scala.."
                + " com.typesafe.config.. com.esotericsoftware.kryo.io org.slf4j.. ch.qos.logback.. sun.misc com.sun.security.auth.module",
        "testkit | procession procession.core procession.node procession.record procession.view org.junit.jupiter.api.. org.opentest4j",
        "bench   | procession procession.node akka.actor.typed.. com.typesafe.config.. com.fasterxml.jackson.core..",
        "ask     | procession.core procession.record com.fasterxml.jackson.core..",
        "cli     | procession procession.ask procession.core procession.record procession.view procession.node procession.bench picocli.."
                + " com.fasterxml.jackson.core..",
    })
    void everyPackageUsesOnlyWhatIsBelowIt(String name, String others) {
        var allowed = new ArrayList<>(List.of("procession." + name + "..", "java..", "javax.."));
        allowed.addAll(List.of(others.split(" ")));
        classes().that().resideInAPackage("procession." + name + "..")
                .should().onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
                .allowEmptyShould(true)
                .check(OWN);
    }

    @Test
    void usersImportNothingButTheJdkAndTypedActors() {
        classes().that().resideInAPackage("procession")
                .should().onlyDependOnClassesThat(resideInAnyPackage("procession", "java..", "akka.actor.typed.."))
                .check(OWN);
    }

    @Test
    void samplesImportOnlyWhatUsersImport() {
        classes().that().resideInAPackage("samples")
                .should().onlyDependOnClassesThat(resideInAnyPackage("samples", "procession", "java..", "akka.actor.typed.."))
                .check(SAMPLES);
    }

    @Test
    @DisplayName("the core has no clock, no randomness, no threads and no logging")
    void theCoreIsPure() {
        noClasses().that().resideInAPackage("procession.core")
                .should().dependOnClassesThat(resideInAnyPackage("java.util.concurrent..", "java.io..", "java.nio..", "java.time..",
                        "org.slf4j..").and(com.tngtech.archunit.base.DescribedPredicate.not(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.type(java.io.ByteArrayOutputStream.class))))
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(Math.class, "random")
                .check(OWN);
    }

    @Test
    @Row({"MISC-05", "G31"})
    void noCheckCanBeSwitchedOff() {
        assertThat(OWN).as("classes with assert statements")
                .filteredOn(type -> type.tryGetField("$assertionsDisabled").isPresent()).isEmpty();
    }

    @Test
    @Row("G26")
    void nothingUsesJavaSerializationStreams() {
        noClasses().should().dependOnClassesThat().areAssignableTo(java.io.ObjectInputStream.class)
                .orShould().dependOnClassesThat().areAssignableTo(java.io.ObjectOutputStream.class)
                .check(OWN);
    }
}
