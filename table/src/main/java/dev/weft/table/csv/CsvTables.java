package dev.weft.table.csv;

import dev.weft.core.error.UsageException;
import dev.weft.io.file.FileOperations;
import dev.weft.table.column.Schema;
import dev.weft.table.source.ConcatenatedSource;
import dev.weft.table.source.TableFormat;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import dev.weft.table.source.TableWriter;
import dev.weft.table.source.TableWriting;
import dev.weft.table.text.TextCompression;
import dev.weft.table.text.TextFile;
import dev.weft.table.text.TextWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tables as text with separators between fields, perhaps compressed. Text is in UTF-8. Types and
 * separator are those that the first rows of the first file that has some look like, unless they
 * are given.
 */
public final class CsvTables implements TableFormat {
  /** Found by {@link java.util.ServiceLoader}. */
  public CsvTables() {}

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public List<String> extensions() {
    return List.of("csv", "tsv", "csv.gz", "tsv.gz", "csv.zst", "tsv.zst");
  }

  @Override
  public TableSource open(List<Path> files, TableReading options) {
    List<TextFile> texts = files.stream().map(TextFile::of).toList();
    TextFile first = texts.getFirst();
    CsvLayout layout = CsvLayout.of(first, options);
    for (int i = 1; i < texts.size() && !layout.hasRows(); i++) {
      // Of names alone nobody can tell types.
      first = texts.get(i);
      layout = CsvLayout.of(first, options.header(layout.hasHeader()));
    }
    List<CsvSource> sources = new ArrayList<>();
    for (TextFile file : texts) {
      if (file != first) {
        layout.requireSame(first, file);
      }
      sources.add(new CsvSource(file, layout, options.missing(), options.partitionBytes()));
    }
    return ConcatenatedSource.of(sources);
  }

  @Override
  public TableWriter create(Path file, Schema schema, TableWriting options) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean isTabs = TextCompression.of(name).without(name).endsWith(".tsv");
    char separator =
        isTabs && options.separator() == TableWriting.defaults().separator()
            ? '\t'
            : CsvParser.require(options.separator());
    if (options.missing().indexOf(separator) >= 0
        || options.missing().matches("(?s).*[\"\r\n].*")) {
      throw new UsageException(
          "write %s: '%s' cannot stand for missing values: it has a separator, quote or line end in it. Use a word such as NA"
              .formatted(file, options.missing()));
    }
    return new TextWriter(
        file, new CsvRows(schema, separator, options), "table.csv", FileOperations.SYSTEM);
  }
}
