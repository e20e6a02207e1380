package dev.weft.io.parquet;

import dev.hardwood.internal.compression.Decompressor;
import dev.hardwood.internal.compression.DecompressorFactory;
import dev.hardwood.internal.metadata.PageHeader;
import dev.hardwood.internal.reader.Dictionary;
import dev.hardwood.internal.reader.Page;
import dev.hardwood.internal.reader.PageDecoder;
import dev.hardwood.internal.thrift.PageHeaderReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.ColumnSchema;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a column in one row group: its dictionary, if there is one, then its elements.
 *
 * @param data what the footer says of it
 * @param begin where it is in the file
 * @param bytes how many it has there
 */
public record ColumnPages(
    OpenFile file, ColumnSchema column, ColumnMetaData data, long begin, long bytes, long rows) {
  /** Bytes of a page before compression, and elements in it, at most. */
  static final int LARGEST = 256 << 20;

  private static final int MOST = 64 << 20;

  /** Headers of pages are a few bytes, and hold the smallest and the largest element. */
  private static final int HEADER = 1 << 10;

  private static final int LARGEST_HEADER = 1 << 20;

  /** Hardwood tells which inflater it has taken. */
  private static final Logger LOG = Logger.getLogger("dev.hardwood");

  static {
    LOG.setLevel(Level.WARNING);
  }

  /** Hears of pages. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One page.
     *
     * @param row its first element, counted from the first of the row group
     */
    void on(long row, Page page);
  }

  /** A page that was not yet decoded. */
  private record Packed(PageHeader header, long at, ByteBuffer whole, int headerLength) {
    ByteBuffer body() {
      return whole.slice(headerLength, header.compressedPageSize());
    }
  }

  /**
   * Decodes the pages that hold some of the elements.
   *
   * @param from the first element
   * @param to behind the last
   * @throws FormatException when they are damaged
   */
  public void read(long from, long to, Visitor visitor) {
    PageDecoder decoder = new PageDecoder(data, column, new Checked());
    Dictionary dictionary = null;
    long row = 0;
    long at = begin;
    while (row < to) {
      Packed page = page(at);
      at += page.headerLength + page.header.compressedPageSize();
      switch (page.header.type()) {
        case DICTIONARY_PAGE -> dictionary = dictionary(page);
        case INDEX_PAGE -> {}
        case DATA_PAGE, DATA_PAGE_V2 -> {
          int values = values(page);
          if (values > rows - row) {
            throw damaged(page.at, "more than the %,d rows of its row group".formatted(rows));
          }
          if (row + values > from) {
            visitor.on(row, decode(decoder, page, dictionary, values));
          }
          row += values;
        }
      }
    }
  }

  private FormatException damaged(long at, String what) {
    return ParquetFile.damaged(
        file, at, "a page of column '%s': %s".formatted(column.fieldPath(), what));
  }

  /** The page at a place in the file, checked as far as its header. */
  private Packed page(long at) {
    long left = begin + bytes - at;
    PageHeader header = null;
    int length = 0;
    for (long peek = HEADER; header == null; peek *= 4) {
      ByteBuffer bytes = ParquetFile.read(file, at, (int) Math.min(peek, left));
      try {
        length = ParquetFile.requireStructure(file, at, "the header of a page", bytes);
      } catch (FormatException e) {
        if (peek >= left || peek >= LARGEST_HEADER) {
          throw e;
        }
        continue;
      }
      header =
          ParquetFile.guarded(
              file,
              at,
              "the header of a page",
              () -> PageHeaderReader.read(new ThriftCompactReader(bytes)));
    }
    int packed = header.compressedPageSize();
    if (packed < 0 || packed > left - length) {
      throw damaged(
          at, "%,d bytes are said to follow, and %,d do".formatted(packed, left - length));
    }
    requireSize(header, at);
    return new Packed(header, at, ParquetFile.read(file, at, length + packed), length);
  }

  private void requireSize(PageHeader header, long at) {
    long packed = header.compressedPageSize();
    long unpacked = header.uncompressedPageSize();
    if (unpacked < 0 || unpacked > LARGEST) {
      throw damaged(
          at, "%,d bytes are more than the %,d that are read".formatted(unpacked, LARGEST));
    }
    if (unpacked / best(data.codec()) > packed) {
      throw damaged(
          at,
          "%,d bytes cannot come of %,d that %s has packed"
              .formatted(unpacked, packed, data.codec()));
    }
  }

  /** So many bytes at most come of one. */
  private static long best(CompressionCodec codec) {
    return switch (codec) {
      case UNCOMPRESSED -> 1;
      case SNAPPY -> 64;
      case LZ4, LZ4_RAW -> 256;
      case GZIP -> 1032;
      case ZSTD, BROTLI, LZO -> Integer.MAX_VALUE;
    };
  }

  private int values(Packed page) {
    int values =
        page.header.dataPageHeader() != null
            ? page.header.dataPageHeader().numValues()
            : page.header.dataPageHeaderV2() != null
                ? page.header.dataPageHeaderV2().numValues()
                : -1;
    if (values < 0 || values > MOST) {
      throw damaged(
          page.at, "%,d values are not from 0 to the %,d that are read".formatted(values, MOST));
    }
    return values;
  }

  private Page decode(
      PageDecoder decoder, Packed packed, @Nullable Dictionary dictionary, int values) {
    Page page =
        ParquetFile.guarded(
            file,
            packed.at,
            "a page of column '%s'".formatted(column.fieldPath()),
            () -> decoder.decodePage(packed.whole, dictionary));
    int[] levels = page.definitionLevels();
    if (page.size() != values || levels != null && levels.length < values) {
      throw damaged(packed.at, "%,d elements instead of %,d".formatted(page.size(), values));
    }
    return page;
  }

  private Dictionary dictionary(Packed page) {
    if (page.header.dictionaryPageHeader() == null) {
      throw damaged(page.at, "it is a dictionary without a header");
    }
    int entries = page.header.dictionaryPageHeader().numValues();
    long bytes = page.header.uncompressedPageSize();
    long size = leastSize(data.type());
    if (entries < 0 || entries > bytes / size) {
      throw damaged(
          page.at, "%,d entries of a dictionary are not in %,d bytes".formatted(entries, bytes));
    }
    if (page.header.crc() != null) {
      CRC32 sum = new CRC32();
      sum.update(page.body());
      if ((int) sum.getValue() != page.header.crc()) {
        throw damaged(page.at, "its checksum is another than it says");
      }
    }
    return ParquetFile.guarded(
        file,
        page.at,
        "the dictionary of column '%s'".formatted(column.fieldPath()),
        () -> {
          byte[] unpacked =
              new Checked().getDecompressor(data.codec()).decompress(page.body(), (int) bytes);
          return Dictionary.parse(unpacked, entries, data.type(), column.typeLength());
        });
  }

  /** Bytes that a value has at least. */
  private static int leastSize(PhysicalType type) {
    return switch (type) {
      case BOOLEAN, FIXED_LEN_BYTE_ARRAY -> 1;
      // Bytes have their length before them.
      case INT32, FLOAT, BYTE_ARRAY -> 4;
      case INT64, DOUBLE -> 8;
      case INT96 -> 12;
    };
  }

  /**
   * Hardwood's codecs, of which each gives exactly the bytes that a page has: theirs come in longer
   * arrays that are used again, behind whose end the last page would be read where one is cut off.
   */
  private static final class Checked extends DecompressorFactory {
    Checked() {
      super(null);
    }

    @Override
    public Decompressor getDecompressor(CompressionCodec codec) {
      Decompressor codecs = super.getDecompressor(codec);
      return new Decompressor() {
        @Override
        public byte[] decompress(ByteBuffer packed, int size) throws java.io.IOException {
          int length = codec == CompressionCodec.UNCOMPRESSED ? packed.remaining() : size;
          return Arrays.copyOf(codecs.decompress(packed, size), length);
        }

        @Override
        public String getName() {
          return codecs.getName();
        }
      };
    }
  }
}
