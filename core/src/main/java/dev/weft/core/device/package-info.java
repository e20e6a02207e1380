/**
 * The interface between Weft and the machines it runs on: {@link DeviceProvider}, {@link Device},
 * {@link DeviceBuffer}, {@link CompiledKernel}. Nothing above this package knows what kind of
 * device it talks to.
 */
@NullMarked
package dev.weft.core.device;

import org.jspecify.annotations.NullMarked;
