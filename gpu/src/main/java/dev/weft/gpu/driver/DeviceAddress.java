package dev.weft.gpu.driver;

import jcuda.Pointer;

/** An address on a device in JCuda's form. */
final class DeviceAddress extends Pointer {
  private static final long serialVersionUID = 1L;

  DeviceAddress(long address) {
    super(address);
  }
}
