package io.github.nnunet4j;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

/** The one-way doors between packages, and what may not be called at all. */
@AnalyzeClasses(
    packages = "io.github.nnunet4j",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String ROOT = "io.github.nnunet4j";

  /** Load without DJL; plans name networks and their layers, but never touch a tensor. */
  private static final String[] WITHOUT_DJL = {
    "error",
    "internal",
    "image",
    "dataset",
    "fingerprint",
    "preprocess",
    "augment",
    "evaluate",
    "plan"
  };

  @ArchTest static final ArchRule packagesOpenOnlyOneWay = layers();

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule tensorsStayWhereTheyBelong =
      noClasses()
          .that()
          .resideInAnyPackage(
              java.util.Arrays.stream(WITHOUT_DJL)
                  .map(p -> ROOT + "." + p + "..")
                  .toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule nothingIsLookedUpByName =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.reflect..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.ServiceLoader")
          .orShould()
          .callMethodWhere(
              target(owner(equivalentTo(Class.class)))
                  .and(
                      target(
                          nameMatching(
                              "forName|forPrimitiveName|newInstance|get(Declared)?(Method|Field|Constructor)s?"))))
          .orShould()
          .callMethodWhere(
              target(owner(assignableTo(ClassLoader.class)))
                  .and(target(nameMatching("loadClass|findClass|defineClass"))))
          .orShould()
          .callMethodWhere(target(owner(equivalentTo(java.lang.invoke.MethodHandles.class))))
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.invoke.MethodHandles$Lookup")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream");

  @ArchTest
  static final ArchRule jsonIsNeverBoundToClasses =
      noClasses()
          .should()
          .callMethodWhere(
              new com.tngtech.archunit.base.DescribedPredicate<>("data binding") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                  return call.getTargetOwner()
                          .getPackageName()
                          .startsWith("com.fasterxml.jackson.databind")
                      && java.util.Set.of(
                              "readValue",
                              "convertValue",
                              "treeToValue",
                              "valueToTree",
                              "readerFor",
                              "writerFor")
                          .contains(call.getTarget().getName());
                }
              });

  private static LayeredArchitecture layers() {
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .ensureAllClassesAreContainedInArchitecture()
            .layer("root")
            .definedBy(ROOT);
    String[][] mayUse = {
      {"error"},
      {"internal", "error"},
      {"image", "internal", "error"},
      {"dataset", "image", "internal", "error"},
      {"fingerprint", "dataset", "image", "internal", "error"},
      {"preprocess", "fingerprint", "dataset", "image", "internal", "error"},
      {"augment", "image", "internal", "error"},
      {"network", "image", "internal", "error"},
      {"plan", "preprocess", "network", "fingerprint", "dataset", "image", "internal", "error"},
      {"loss", "dataset", "image", "internal", "error"},
      {
        "train",
        "loss",
        "plan",
        "network",
        "augment",
        "preprocess",
        "fingerprint",
        "dataset",
        "image",
        "internal",
        "error"
      },
      {
        "infer",
        "plan",
        "network",
        "preprocess",
        "fingerprint",
        "dataset",
        "image",
        "internal",
        "error"
      },
      {"evaluate", "dataset", "image", "internal", "error"},
    };
    for (String[] row : mayUse) {
      layers = layers.layer(row[0]).definedBy(ROOT + "." + row[0] + "..");
    }
    for (String[] row : mayUse) {
      String[] lower = java.util.Arrays.copyOfRange(row, 1, row.length);
      layers =
          lower.length == 0
              ? layers.whereLayer(row[0]).mayNotAccessAnyLayer()
              : layers.whereLayer(row[0]).mayOnlyAccessLayers(lower);
    }
    return layers;
  }
}
