package dev.weft.testkit.device;

import dev.weft.core.device.Device;
import dev.weft.core.reference.ReferenceDevice;

/** Faults on a device that computes as the reference does. */
final class ReferenceFaultSweepTest extends FaultSweep {
  @Override
  protected Device host() {
    return new ReferenceDevice(1 << 26);
  }

  @Override
  protected EmulatedFarDevice far() {
    return new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 26));
  }
}
