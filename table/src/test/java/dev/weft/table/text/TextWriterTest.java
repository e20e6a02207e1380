package dev.weft.table.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.DeviceException;
import dev.weft.io.file.FileOperations;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of files where a step of writing fails. */
class TextWriterTest {
  @TempDir private Path folder;

  /** The system's operations, of which one fails. */
  private static FileOperations failing(String operation) {
    return (FileOperations)
        Proxy.newProxyInstance(
            TextWriterTest.class.getClassLoader(),
            new Class<?>[] {FileOperations.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(operation)) {
                throw new IOException("the disk is full");
              }
              try {
                return method.invoke(FileOperations.SYSTEM, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static final class Lines implements TextWriter.Rows {
    @Override
    public String begin() {
      return "new\n";
    }

    @Override
    public void append(Batch batch, int row, StringBuilder to) {
      to.append(row).append('\n');
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "force", "rename"})
  void aFailureLeavesWhatWasThere(String operation) throws IOException {
    Path file = Files.writeString(folder.resolve("out.txt"), "old");
    TextWriter writer = new TextWriter(file, new Lines(), "out.txt", failing(operation));
    Batch batch = new Batch(Schema.of(), List.of(), 3);
    assertThatThrownBy(
            () -> {
              try {
                writer.append(writer.encode(batch));
              } catch (DeviceException e) {
                writer.abort();
                throw e;
              }
              writer.commit();
            })
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("What was there before is untouched");
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
