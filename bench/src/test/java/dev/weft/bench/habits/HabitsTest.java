package dev.weft.bench.habits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule finds what it is there to find, and no more. */
class HabitsTest {
  private static final String CORE = "core/src/main/java/dev/weft/core/";

  private static JavaSource shape(String body) {
    return JavaSource.ofText(CORE + "shape/A.java", "package dev.weft.core.shape;\n" + body);
  }

  @Test
  void aPackageOfCoreMayNotUseALaterOne() {
    JavaSource source =
        shape(
            """
            import dev.weft.core.dtype.DType;
            import dev.weft.core.plan.Plan;
            class A { dev.weft.core.Session s; String t = "dev.weft.core.plan.Plan"; }
            """);
    assertThat(Order.corePackages(source))
        .hasSize(2)
        .anySatisfy(f -> assertThat(f).contains("shape/A.java:3:", "uses 'plan'", "Move the code"))
        .anySatisfy(f -> assertThat(f).contains("shape/A.java:4:", "uses 'the root'"));
  }

  @Test
  void aPackageOfCoreWithoutAPlaceIsFound() {
    var source = JavaSource.ofText(CORE + "misc/A.java", "package dev.weft.core.misc; class A {}");
    assertThat(Order.corePackages(source)).singleElement().asString().contains("no place");
  }

  @Test
  void aModuleMayNotUseOneAboveIt() {
    assertThat(Order.modules(shape("import dev.weft.cpu.CpuDevice; class A {}")))
        .singleElement()
        .asString()
        .contains("module core names dev.weft.cpu.CpuDevice of module cpu-fallback");
  }

  @Test
  void testsMayUseTestkit() {
    var test =
        JavaSource.ofText(
            "io/src/test/java/dev/weft/io/ATest.java",
            "package dev.weft.io; import dev.weft.testkit.Golden; class ATest {}");
    assertThat(Order.modules(test)).isEmpty();
  }

  @Test
  void theVectorApiStaysInTheCpuDevice() {
    assertThat(Order.libraries(shape("import jdk.incubator.vector.DoubleVector; class A {}")))
        .hasSize(1);
    assertThat(Order.libraries(shape("class A { String s = \"jdk.incubator.vector\"; }")))
        .isEmpty();
  }

  @Test
  void longFilesAndMethodsAreFound() {
    JavaSource source = shape("class A { void long_() {" + "\n".repeat(400) + "} }");
    assertThat(Habits.fileSize(source)).singleElement().asString().contains("402 lines");
    assertThat(Habits.methodSize(source)).singleElement().asString().contains("long_", "Split it");
  }

  @Test
  void namesStateAndSettingsAreFound() {
    JavaSource source =
        shape(
            """
            /** Documented. */
            public class AHelper {
              static int count;
              static final int LIMIT = Integer.getInteger("limit");
              enum Kind { ONE }
              interface Named { String NAME = System.getenv("NAME"); }
              static final String OS = System.getProperty("os.name");
            }
            """);
    assertThat(Habits.typeNames(source)).singleElement().asString().contains("AHelper");
    assertThat(Habits.mutableStatics(source)).singleElement().asString().contains("count");
    assertThat(Habits.settings(source)).hasSize(2);
    assertThat(Habits.documentedTypes(source)).isEmpty();
  }

  @Test
  void missingDocumentationIsFound() {
    JavaSource source = shape("public class A { public record B() {} }");
    assertThat(Habits.documentedTypes(source)).hasSize(2);
    assertThat(Habits.documentedPackages(List.of(source)))
        .singleElement()
        .asString()
        .contains("core/src/main/java/dev/weft/core/shape: no package-info.java");
  }
}
