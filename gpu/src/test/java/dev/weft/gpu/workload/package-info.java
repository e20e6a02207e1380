/** What tests do with a CUDA device, emulated or real. */
@NullMarked
package dev.weft.gpu.workload;

import org.jspecify.annotations.NullMarked;
