package dev.weft.io;

/**
 * An array that is to be written.
 *
 * @param name where it goes
 * @param options how
 */
public record NewArray(ArrayName name, WriteOptions options) {}
