/**
 * The end of asynchronous work on a GPU: streams, the thread that hears of their events, and what
 * becomes of everybody when the GPU is lost. Start from {@link dev.weft.gpu.queue.CompletionQueue}.
 */
@NullMarked
package dev.weft.gpu.queue;

import org.jspecify.annotations.NullMarked;
