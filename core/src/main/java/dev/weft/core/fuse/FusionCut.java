package dev.weft.core.fuse;

/**
 * A place where fusion stops.
 *
 * @param what the value that is kept in memory
 * @param reason why it is not computed inside the kernels that read it
 */
public record FusionCut(String what, String reason) {}
