package dev.weft.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import dev.weft.io.object.Addresses;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Addresses of objects as paths. */
class S3PathTest {
  private static Path path(String text) {
    return Addresses.path(text);
  }

  @Test
  void addressesArePathsAndBack() {
    for (String text : List.of("s3://b/a/c.npy", "s3://b/", "s3://b/a b#c?d*", "s3://b.c-d/x")) {
      assertThat(path(text)).hasToString(text);
    }
    assertThat(path("s3://b")).isEqualTo(path("s3://b/"));
    assertThat(path("s3://b/a/")).isEqualTo(path("s3://b/a"));
    assertThat(path("a/b.npy")).isEqualTo(Path.of("a/b.npy"));
    assertThat(Path.of(URI.create("s3://b/a%20b.zarr#tas"))).isEqualTo(path("s3://b/a b.zarr#tas"));
    assertThat(path("s3://b/a b").toUri()).isEqualTo(URI.create("s3://b/a%20b"));
    assertThat(Addresses.is("s3://b/c")).isTrue();
    assertThat(Addresses.is("c:/b")).isFalse();
  }

  @Test
  void partsAreThoseOfPaths() {
    Path path = path("s3://b/x/y/z.npy");
    assertThat(path.getFileName()).hasToString("z.npy");
    assertThat(path.getParent()).hasToString("s3://b/x/y");
    assertThat(path.getRoot()).hasToString("s3://b/");
    assertThat(path.getRoot().getParent()).isNull();
    assertThat(path.getRoot().getFileName()).isNull();
    assertThat(path.getNameCount()).isEqualTo(3);
    assertThat(path.subpath(1, 3)).hasToString("y/z.npy");
    assertThat(path.subpath(1, 3).getParent()).hasToString("y");
    assertThat(path.getName(0).getParent()).isNull();
    assertThat(path.startsWith(path("s3://b/x"))).isTrue();
    assertThat(path.startsWith(path("s3://c/x"))).isFalse();
    assertThat(path.endsWith(path.subpath(2, 3))).isTrue();
    assertThat(path.resolveSibling("w")).hasToString("s3://b/x/y/w");
    assertThat(path.resolve("../../v").normalize()).hasToString("s3://b/x/v");
    assertThat(path("s3://b/x").relativize(path)).hasToString("y/z.npy");
    assertThat(path.relativize(path("s3://b/x/w"))).hasToString("../../w");
    assertThat(path("s3://b/a")).isLessThan(path("s3://b/b"));
    assertThatThrownBy(() -> path.resolve(Path.of("a")))
        .isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> path.subpath(2, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void credentialsInAnAddressAreRefusedAndNotRepeated() {
    assertThatThrownBy(() -> path("s3://AKIDKEY:" + Servers.SECRET + "@bucket/a.npy"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("without credentials, which do not belong into addresses")
        .satisfies(
            failure ->
                assertThat(failure.getMessage()).doesNotContain("AKIDKEY", Servers.SECRET, "wEfT"));
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> path("s3:///a.npy"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("s3://: what follows names no bucket. Write s3://bucket/key");
    assertThatThrownBy(() -> path("s3://b/a//c"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("two slashes follow each other");
    assertThatThrownBy(() -> path("s3a://b/c"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Write s3://bucket/key");
    assertThatThrownBy(() -> path("gs://b/c"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no store of this kind");
  }

  @Test
  void bucketsAreFileSystemsThatAreOnlyRead() throws Exception {
    try (FileSystem bucket = Servers.bucket("system")) {
      Servers.server().put("system", "d/one", new byte[] {1, 2, 3});
      Servers.server().put("system", "d/e/two", new byte[] {4});
      Path folder = Servers.path(bucket, "d");
      try (Stream<Path> walked = Files.walk(folder)) {
        assertThat(walked.map(Path::toString).sorted())
            .containsExactly(
                "s3://system/d", "s3://system/d/e", "s3://system/d/e/two", "s3://system/d/one");
      }
      Path one = folder.resolve("one");
      assertThat(Files.readAllBytes(one)).containsExactly(1, 2, 3);
      assertThat(Files.size(one)).isEqualTo(3);
      BasicFileAttributes found = Files.readAttributes(one, BasicFileAttributes.class);
      assertThat(found.isRegularFile()).isTrue();
      assertThat(found.fileKey()).isNotNull();
      assertThat(Files.isDirectory(folder)).isTrue();
      assertThat(Files.exists(folder.resolve("three"))).isFalse();
      assertThatThrownBy(() -> Files.list(folder.resolve("three")))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> Files.delete(one))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("written whole");
      assertThatThrownBy(() -> Files.write(one, new byte[1]))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(bucket.isReadOnly()).isTrue();
    }
  }
}
