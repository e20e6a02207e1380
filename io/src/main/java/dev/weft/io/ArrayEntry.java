package dev.weft.io;

import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says about one of its arrays, without its elements.
 *
 * @param name its name in the file, with {@code /} between groups; empty where it has none
 * @param type its element type as people call it: a dtype of Weft's where the array can be read,
 *     otherwise the format's own word
 * @param isReadable whether it can be opened
 * @param shape its extents
 * @param chunks the chunks in which it is kept, if it is
 * @param encoding how its elements are kept, such as {@code zstd, shuffle}; empty when plain
 * @param dimensions the names of its axes, none where the file gives none
 * @param attributes what else the file says about it, in its order
 */
public record ArrayEntry(
    String name,
    String type,
    boolean isReadable,
    Shape shape,
    Optional<Chunks> chunks,
    String encoding,
    List<String> dimensions,
    Map<String, String> attributes) {}
