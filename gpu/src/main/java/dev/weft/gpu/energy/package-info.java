/**
 * Energy of a GPU, from the part of NVIDIA's driver that watches over it: {@link
 * dev.weft.gpu.energy.GpuEnergy} asks NVML, which is loaded when first asked for.
 */
@NullMarked
package dev.weft.gpu.energy;

import org.jspecify.annotations.NullMarked;
