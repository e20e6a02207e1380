package dev.weft.io.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import dev.weft.io.ArrayFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Addresses where no module for a store is on the class path. */
class AddressesTest {
  @Test
  void aStoreWithoutItsModuleSaysWhatToAdd() {
    assertThatThrownBy(() -> Addresses.path("s3://bucket/a.npy"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "s3://: the module for S3 is not on the class path; bundles leave it out. Add weft-s3 to it, or copy the object to a file first: aws s3 cp s3://BUCKET/KEY FILE");
  }

  @Test
  void pathsAreFiles() {
    assertThat(Addresses.path("a/b.npy")).isEqualTo(Path.of("a/b.npy"));
    assertThatThrownBy(() -> Addresses.path("a\0b")).isInstanceOf(InvalidPathException.class);
  }

  /** The JDK drops a slash of an address that is taken for a path. */
  @Test
  void addressesTakenForPathsAreRefused() {
    for (Runnable use :
        new Runnable[] {
          () -> ArrayFiles.source(Path.of("s3://bucket/a.npy")),
          () -> ArrayFiles.target(Path.of("s3://bucket/a.npy")),
          () -> ArrayFiles.list(Path.of("s3://bucket/a.npy"))
        }) {
      assertThatThrownBy(use::run)
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "s3:/bucket/a.npy: Path.of makes a path of a file of this. Write Addresses.path(\"s3://bucket/a.npy\")");
    }
  }
}
