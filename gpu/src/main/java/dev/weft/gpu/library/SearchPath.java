package dev.weft.gpu.library;

import java.nio.file.Path;
import java.util.List;

/**
 * Folders in which a library may lie, and why they are looked into.
 *
 * @param name for people, such as {@code CUDA_PATH}
 * @param folders in the order of preference; a file stands for its folder
 */
record SearchPath(String name, List<Path> folders) {}
