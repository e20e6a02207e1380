package dev.weft.table.json;

import dev.weft.io.file.FileOperations;
import dev.weft.table.column.Schema;
import dev.weft.table.source.ConcatenatedSource;
import dev.weft.table.source.TableFormat;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import dev.weft.table.source.TableWriter;
import dev.weft.table.source.TableWriting;
import dev.weft.table.text.TextFile;
import dev.weft.table.text.TextWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables as text with an object in each line, perhaps compressed. The columns are the keys of the
 * first objects of the first file, and those of which the type is given; other keys are left out.
 * Keys that an object has not are missing values. Lists and objects within are their text.
 */
public final class JsonLines implements TableFormat {
  /** Found by {@link java.util.ServiceLoader}. */
  public JsonLines() {}

  @Override
  public String name() {
    return "json lines";
  }

  @Override
  public List<String> extensions() {
    return List.of("jsonl", "ndjson", "jsonl.gz", "ndjson.gz", "jsonl.zst", "ndjson.zst");
  }

  @Override
  public TableSource open(List<Path> files, TableReading options) {
    List<TextFile> texts = files.stream().map(TextFile::of).toList();
    KeySample sample = KeySample.of(texts.getFirst(), options.missing());
    List<String> keys = sample.keys(options);
    Schema schema = sample.schema(texts.getFirst(), options);
    List<JsonSource> sources = new ArrayList<>();
    for (TextFile file : texts) {
      sources.add(
          new JsonSource(
              file, keys, schema, options.missing(), sample.rowBytes(), options.partitionBytes()));
    }
    return ConcatenatedSource.of(sources);
  }

  @Override
  public TableWriter create(Path file, Schema schema, TableWriting options) {
    return new TextWriter(file, new ObjectRows(schema), "table.jsonl", FileOperations.SYSTEM);
  }
}
