package dev.weft.io.binary;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.Shape;
import dev.weft.io.AttributeValue;
import dev.weft.io.AttributedSource;
import dev.weft.io.SourceVersion;
import dev.weft.io.VersionedSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array of an open file, with which it is closed, however its elements are read. */
public abstract class OpenArray implements AttributedSource, VersionedSource {
  private final OpenFile file;
  private final StoredArray array;

  /** An array of a file. */
  protected OpenArray(OpenFile file, StoredArray array) {
    this.file = file;
    this.array = array;
  }

  /** The file that it is of. */
  protected final OpenFile file() {
    return file;
  }

  /** What the file says of it. */
  protected final StoredArray array() {
    return array;
  }

  @Override
  public final Shape shape() {
    return array.shape();
  }

  @Override
  public final DType dtype() {
    return array.type().dtype();
  }

  @Override
  public final String description() {
    return array.description(file);
  }

  @Override
  public final Map<String, AttributeValue> attributes() {
    return array.attributes();
  }

  @Override
  public final @Nullable Identity identity() {
    return file.identity(array.name());
  }

  @Override
  public final SourceVersion version() {
    return file.version();
  }

  @Override
  public final Runnable lease() {
    return file.lease();
  }

  @Override
  public final void close() {
    file.close();
  }
}
