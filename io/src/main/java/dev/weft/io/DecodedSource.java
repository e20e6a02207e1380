package dev.weft.io;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.core.text.Elements;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An array of a file with its packed elements unpacked by the CF conventions: what equals {@code
 * _FillValue} or {@code missing_value} is NaN, the rest is multiplied by {@code scale_factor}, and
 * {@code add_offset} is added. {@code _Unsigned} says what integers mean. Types are those that
 * xarray chooses: float32 where it holds the elements exactly, or the factors are float32;
 * otherwise float64.
 */
public final class DecodedSource implements VersionedSource {
  private final ArraySource source;
  private final Decoding decoding;

  private DecodedSource(ArraySource source, Decoding decoding) {
    this.source = source;
    this.decoding = decoding;
  }

  /**
   * The unpacked elements of a source, which is closed with this one; the source itself where it
   * has no attributes that ask for it.
   *
   * @throws FormatException when a factor is no number
   */
  public static ArraySource of(ArraySource source) {
    if (source instanceof DecodableSource decodable) {
      return decodable.decoded();
    }
    if (!(source instanceof AttributedSource attributed) || source.dtype() == DType.BOOL) {
      return source;
    }
    if (source.dtype().kind() == DType.Kind.COMPLEX) {
      return source;
    }
    Decoding decoding = Decoding.of(source.description(), source.dtype(), attributed.attributes());
    return decoding.isNeeded() || decoding.raw() != source.dtype()
        ? new DecodedSource(source, decoding)
        : source;
  }

  @Override
  public Shape shape() {
    return source.shape();
  }

  @Override
  public DType dtype() {
    return decoding.result();
  }

  @Override
  public String description() {
    return source.description();
  }

  @Override
  public Optional<Chunks> chunks() {
    return source.chunks();
  }

  @Override
  public @Nullable Identity identity() {
    return source.identity() instanceof Identity.OfFile file
        ? new Identity.OfFile(file.path() + " decoded", file.key(), file.modified(), file.size())
        : null;
  }

  @Override
  public SourceVersion version() {
    return SourceVersion.of(source);
  }

  @Override
  public void requireIntact() {
    source.requireIntact();
  }

  @Override
  public Runnable lease() {
    return source.lease();
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    if (!decoding.isNeeded()) {
      // The same bits, of another type.
      source.read(region, target);
      return;
    }
    long count = region.size();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment packed = arena.allocate(count * source.dtype().itemSize(), Long.BYTES);
      source.read(region, packed);
      for (long i = 0; i < count; i++) {
        double value = decoding.unpack(Elements.doubleAt(packed, decoding.raw(), i));
        if (decoding.result() == DType.FLOAT32) {
          target.set(Elements.FLOAT, Float.BYTES * i, (float) value);
        } else {
          target.set(Elements.DOUBLE, Double.BYTES * i, value);
        }
      }
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
