package dev.weft.kernels.cuda;

/**
 * The call of an entry point that one chunk needs. Those of several chunks become one launch.
 *
 * @param entryPoint its name
 * @param threads of a block
 * @param blocks for which there is work, at most
 * @param shared words that chunks of a launch must have in common
 * @param words the chunk's own
 */
record ChunkCall(String entryPoint, int threads, long blocks, long[] shared, long[] words) {}
