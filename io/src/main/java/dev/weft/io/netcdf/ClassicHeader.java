package dev.weft.io.netcdf;

import dev.weft.io.AttributeValue;
import java.util.List;
import java.util.Map;

/**
 * What precedes the data of a file of the classic formats.
 *
 * @param version 1, 2 or 5
 * @param records how many records there are
 * @param dimensions in the file's order, to which variables refer
 * @param attributes of the whole file
 */
record ClassicHeader(
    int version,
    long records,
    List<Dimension> dimensions,
    Map<String, AttributeValue> attributes,
    List<Variable> variables) {

  /**
   * An axis that variables share.
   *
   * @param length its extent; 0 of the axis along which records are added
   */
  record Dimension(String name, long length) {
    boolean isRecord() {
      return length == 0;
    }
  }

  /**
   * An array.
   *
   * @param offset where the header describes it, for errors
   * @param dimensions its axes, as positions in the list of the file
   * @param begin where its data begins
   */
  record Variable(
      String name,
      long offset,
      int[] dimensions,
      Map<String, AttributeValue> attributes,
      ClassicType type,
      long begin) {}
}
