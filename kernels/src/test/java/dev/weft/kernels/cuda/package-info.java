/** Tests of CUDA texts, which are kept as golden files, and of the launches that go with them. */
@NullMarked
package dev.weft.kernels.cuda;

import org.jspecify.annotations.NullMarked;
