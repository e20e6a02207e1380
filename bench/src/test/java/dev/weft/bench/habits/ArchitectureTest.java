package dev.weft.bench.habits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every module's sources keep the habits; each finding names the file, the rule and the remedy. */
@Tag("habits")
class ArchitectureTest {
  private static final List<JavaSource> SOURCES = JavaSource.ofProject(projectRoot());

  private static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no folder above the working folder has .mvn in it");
    }
    return folder;
  }

  private static void check(Function<JavaSource, List<String>> habit) {
    assertThat(SOURCES.stream().flatMap(s -> habit.apply(s).stream()).distinct()).isEmpty();
  }

  @Test
  void packagesOfCoreUseOnlyPackagesBeforeThem() {
    check(Order::corePackages);
  }

  @Test
  void modulesUseOnlyModulesBelowThem() {
    check(Order::modules);
  }

  @Test
  void foreignLibrariesAreNamedInOnePlace() {
    check(Order::libraries);
  }

  @Test
  void filesAreSmall() {
    check(Habits::fileSize);
  }

  @Test
  void methodsAreSmall() {
    check(Habits::methodSize);
  }

  @Test
  void namesOfTypesSaySomething() {
    check(Habits::typeNames);
  }

  @Test
  void noStaticFieldChanges() {
    check(Habits::mutableStatics);
  }

  @Test
  void settingsAreReadInOnePlace() {
    check(Habits::settings);
  }

  @Test
  void publicTypesAreDocumented() {
    check(Habits::documentedTypes);
  }

  @Test
  void packagesAreDocumentedAndNullMarked() {
    assertThat(Habits.documentedPackages(SOURCES)).isEmpty();
  }
}
