package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/dask-names.md} says of every name of Dask's array page whether it is here, and
 * nothing on it is wrong: names are looked up in the expression language and in the Java API.
 */
class DaskNamesPageTest {
  private static DaskNames names() throws IOException {
    try (var file =
        Objects.requireNonNull(DaskNamesPageTest.class.getResourceAsStream("dask-names.txt"))) {
      return DaskNames.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void thePageIsCurrent() throws IOException {
    Golden.check("../docs/dask-names.md", names().page());
  }

  @Test
  void allNamesOfDaskAreThere() throws IOException {
    assertThat(names().all()).hasSize(442);
  }

  @Test
  void otherNamesAreNamesOfSomething() throws IOException {
    assertThat(names().all())
        .filteredOn(name -> name.as() != null)
        .allSatisfy(name -> assertThat(name.isNamedOtherwise()).as("%s", name).isTrue());
  }

  @Test
  void noReasonIsGivenForWhatIsHere() throws IOException {
    assertThat(names().all())
        .filteredOn(name -> name.as() == null && !name.remark().isEmpty())
        .allSatisfy(
            name ->
                assertThat(name.isHere())
                    .as("%s is here now: its line in dask-names.txt needs no reason", name.name())
                    .isFalse());
  }

  @Test
  void aNameThatNobodyHasIsNotHere() {
    DaskNames names =
        DaskNames.read("[Array]\nArray.frobnicate\nArray.sum\nfrob\tas\tNDArray.frob");
    assertThat(names.all()).extracting(DaskNames.Name::isHere).containsExactly(false, true, false);
    assertThat(names.all().getLast().isNamedOtherwise()).isFalse();
  }
}
