package dev.weft.io.hdf5;

import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.AttributeValue;
import dev.weft.io.FormatException;
import dev.weft.io.hdf5.Hdf5File.Found;
import dev.weft.io.hdf5.Hdf5File.Reading;
import io.jhdf.object.message.AttributeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The datasets of a file, with the names of their axes. */
final class Datasets {
  /** What netCDF-4 calls an axis that has no coordinates; there are no elements behind it. */
  private static final String NO_VARIABLE = "This is a netCDF dimension but not a netCDF variable";

  private static final String CLASS = "CLASS";
  private static final String SCALE = "DIMENSION_SCALE";

  /** Attributes that netCDF-4 and HDF5 keep for themselves. */
  private static final List<String> INTERNAL =
      List.of(
          CLASS, "NAME", "_Netcdf4Dimid", "_Netcdf4Coordinates", "_NCProperties", "_nc3_strict");

  private final Hdf5File file;
  private final ObjectAttributes attributes;
  private final List<Listed> listed = new ArrayList<>();
  private final Map<Long, String> names = new HashMap<>();

  /** A dataset and what it says about itself. */
  private record Listed(
      DatasetHeader header,
      Map<String, AttributeMessage> messages,
      Map<String, AttributeValue> values) {}

  private Datasets(Hdf5File file) {
    this.file = file;
    this.attributes = new ObjectAttributes(file.storage());
  }

  /** The datasets of a file. */
  static List<ArrayEntry> list(Hdf5File file) {
    Datasets datasets = new Datasets(file);
    List<ArrayEntry> refused = new ArrayList<>();
    for (Found found : file.all()) {
      try {
        switch (found.header()) {
          case Reading.Refused(var why) -> throw why;
          case Reading.Good(var object) when DatasetHeader.isDataset(object) -> datasets.add(found);
          case Reading.Good _ -> {}
        }
      } catch (FormatException e) {
        refused.add(refused(found.path(), e.reason()));
      }
    }
    List<ArrayEntry> entries = new ArrayList<>();
    datasets.listed.stream()
        .filter(each -> !isBare(each.values))
        .forEach(each -> entries.add(datasets.entry(each)));
    entries.addAll(refused);
    return entries;
  }

  private void add(Found found) {
    String name = file.file().name();
    Listed read =
        Guard.read(
            name,
            found.path(),
            () -> {
              var object = ((Reading.Good) found.header()).object();
              Map<String, AttributeMessage> messages = attributes.messages(object);
              return new Listed(
                  DatasetHeader.of(name, found.path(), object),
                  messages,
                  attributes.values(messages));
            });
    listed.add(read);
    names.put(read.header().address(), found.path());
  }

  private static ArrayEntry refused(String path, String why) {
    return new ArrayEntry(
        path, why, false, Shape.SCALAR, Optional.empty(), "", List.of(), Map.of());
  }

  private static boolean isBare(Map<String, AttributeValue> values) {
    return values.get("NAME") instanceof AttributeValue.Text(String text)
        && text.startsWith(NO_VARIABLE);
  }

  private ArrayEntry entry(Listed each) {
    DatasetHeader header = each.header();
    Map<String, String> shown = new LinkedHashMap<>();
    each.values.forEach(
        (name, value) -> {
          if (!INTERNAL.contains(name)) {
            shown.put(name, value.toString());
          }
        });
    return new ArrayEntry(
        header.path(),
        header.word(),
        header.type().isPresent(),
        header.shape(),
        Guard.read(file.file().name(), header.path(), () -> header.cuts(file.file().name())),
        ChunkFilters.names(header.filters()),
        Guard.read(file.file().name(), header.path(), () -> axes(each)),
        shown);
  }

  private List<String> axes(Listed each) {
    int rank = each.header().shape().rank();
    List<Long> scales = attributes.scales(each.messages);
    if (scales.size() == rank && rank > 0) {
      List<String> axes = scales.stream().map(scale -> last(names.get(scale))).toList();
      return axes.stream().allMatch(String::isEmpty) ? List.of() : axes;
    }
    boolean isScale =
        each.values.get(CLASS) instanceof AttributeValue.Text(String text) && text.equals(SCALE);
    return isScale && rank == 1 ? List.of(last(each.header().path())) : List.of();
  }

  private static String last(@Nullable String path) {
    return path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
  }
}
