package dev.weft.kernels.jvm.loop;

/**
 * Where one of several loops over a tile gets an argument from.
 *
 * @param source number of the tile's argument, or of the scratch value
 * @param scratch whether {@code source} is a scratch value
 * @param bytes how far the address moves per element; 0 for scalars and uniform operands
 */
public record LoopArgument(int source, boolean scratch, int bytes) {}
