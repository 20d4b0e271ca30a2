package io.longhaul.client.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArchitectureTests {

    private static final String ROOT = "io.longhaul.client";
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);
    private static final JavaClasses TESTS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.OnlyIncludeTests())
                    .importPackages(ROOT);

    @Test
    void libraryNeedsJavaAndTusJavaClientAlone() {
        check(
                classes()
                        .that()
                        .resideInAnyPackage(ROOT, ROOT + ".internal..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "org.jspecify..",
                                "io.tus.java.client",
                                ROOT,
                                ROOT + ".internal.."));
    }

    @Test
    void wireKnowsNothingOfTheEngine() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(ROOT + ".internal.wire", ROOT + ".internal.source")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + ".internal.engine"));
    }

    @Test
    void roomsOfTheLibraryHaveNoCycles() {
        check(slices().matching(ROOT + ".internal.(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyTheCommandPrintsOrEnds() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(ROOT, ROOT + ".internal..")
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .callMethod(System.class, "exit", int.class));
    }

    @Test
    void publicSignaturesNameNoInternalType() {
        check(
                methods()
                        .that()
                        .arePublic()
                        .and()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(ROOT)
                        .should(nameNoInternalType()));
    }

    @Test
    void publicClassesAreFinalOrSealed() {
        check(
                classes()
                        .that()
                        .resideInAPackage(ROOT)
                        .and()
                        .arePublic()
                        .and()
                        .areNotInterfaces()
                        .should()
                        .haveModifier(JavaModifier.FINAL)
                        .orShould()
                        .haveModifier(JavaModifier.ABSTRACT));
    }

    @Test
    void classesWithTestsAreFoundByTheBuild() {
        List<String> unnamed =
                TESTS.stream()
                        .filter(
                                type ->
                                        type.getMethods().stream()
                                                .anyMatch(ArchitectureTests::isTest))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.endsWith("Tests") && !name.endsWith("IT"))
                        .toList();
        assertThat(unnamed).isEmpty();
        assertThat(TESTS).hasSizeGreaterThan(20);
    }

    private static boolean isTest(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(
                        annotation ->
                                annotation.getRawType().getPackageName().startsWith("org.junit")
                                        && annotation
                                                .getRawType()
                                                .getSimpleName()
                                                .endsWith("Test"));
    }

    private static ArchCondition<JavaMethod> nameNoInternalType() {
        return new ArchCondition<>("name no internal type") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getAllInvolvedRawTypes().stream()
                        .filter(type -> type.getPackageName().startsWith(ROOT + ".internal"))
                        .forEach(
                                type ->
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        method,
                                                        method.getFullName()
                                                                + " names "
                                                                + type.getName())));
            }
        };
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(MAIN);
    }
}
