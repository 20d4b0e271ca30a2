package io.longhaul.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTests {

    private static final String ROOT = "io.longhaul.server";
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);
    private static final JavaClasses TESTS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.OnlyIncludeTests())
                    .importPackages(ROOT);

    private static final List<String> SERVER_LIBRARIES =
            List.of("jakarta.servlet..", "org.springframework.web..", "org.eclipse.jetty..");

    @Test
    void coreDependsOnJavaAlone() {
        check(
                classes()
                        .that()
                        .resideInAPackage(room("core.."))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", "org.jspecify..", room("core..")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol.tus.."})
    void protocolsKnowCoreAndTheSharedWireValues(String protocol) {
        check(
                classes()
                        .that()
                        .resideInAPackage(room(protocol))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "org.jspecify..",
                                room(protocol),
                                room("core.."),
                                room("protocol.http..")));
    }

    @Test
    void wireValuesKnowCoreAlone() {
        check(
                classes()
                        .that()
                        .resideInAPackage(room("protocol.http.."))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "org.jspecify..",
                                room("core.."),
                                room("protocol.http..")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content.disk..", "catalog.jdbc..", "cluster.."})
    void adaptersKnowCoreAlone(String adapter) {
        checkKnows(adapter, room("core.."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog.s3.."})
    void storesInABucketKnowCoreAndTheCallsToIt(String store) {
        checkKnows(store, room("core.."), room("s3.."));
    }

    private static void checkKnows(String store, String... known) {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(room(store))
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage(ROOT + "..")
                                        .and(not(resideInAPackage(room(store))))
                                        .and(not(resideInAnyPackage(known)))));
    }

    @Test
    void onlyTheEdgeKnowsTheHttpServer() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(room("web.."), room("security.."), room("app.."))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SERVER_LIBRARIES.toArray(String[]::new)));
        for (String library : List.of("org.eclipse.jetty..")) {
            assertThat(dependsOn(library)).as("nobody uses %s: a misspelt name?", library).isTrue();
        }
    }

    @Test
    void onlyObservabilityKnowsTheMetricsLibrary() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(room("observability.."), room("app.."))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.micrometer.."));
        assertThat(dependsOn("io.micrometer..")).isTrue();
    }

    @Test
    void observabilitySeesTheDomainThroughEventsAndPorts() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(room("observability.."))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                room("core.service.."),
                                room("core.holder.."),
                                room("protocol.."),
                                room("web.."),
                                room("catalog.."),
                                room("content..")));
    }

    @Test
    void nobodyDependsOnTheWiring() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(room("app.."))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(room("app..")));
    }

    @Test
    void roomsHaveNoCycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void classesAreFinalUnlessMadeToBeExtended() {
        check(
                classes()
                        .that()
                        .areTopLevelClasses()
                        .and()
                        .areNotInterfaces()
                        .and()
                        .areNotAnnotatedWith("org.springframework.context.annotation.Configuration")
                        .and()
                        .doNotHaveSimpleName("package-info")
                        .should()
                        .haveModifier(JavaModifier.FINAL)
                        .orShould()
                        .haveModifier(JavaModifier.ABSTRACT));
    }

    /** Limits on time go by the clock that is never set; the service is given the other one. */
    @Test
    void nobodyReadsTheWallClock() {
        check(
                noClasses()
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(LocalDateTime.class, "now"));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(MAIN)
                .filteredOn(
                        type ->
                                !type.getPackage()
                                        .isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .extracting(JavaClass::getName)
                .isEmpty();
    }

    @Test
    void testClassesAreNamedSoThatTheyRun() {
        assertThat(
                        methods()
                                .that()
                                .areMetaAnnotatedWith(
                                        "org.junit.platform.commons.annotation.Testable")
                                .should()
                                .beDeclaredInClassesThat()
                                .haveNameMatching(".*(Tests|IT|Contract)(\\$.*)?")
                                .evaluate(TESTS)
                                .getFailureReport()
                                .getDetails())
                .isEmpty();
    }

    private static boolean dependsOn(String library) {
        return MAIN.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .anyMatch(each -> resideInAPackage(library).test(each.getTargetClass()));
    }

    private static String room(String name) {
        return ROOT + "." + name;
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(MAIN);
    }
}
