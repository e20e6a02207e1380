package dev.weft.bench.npbench;

import dev.weft.core.NDArray;

/** Horizontal diffusion, which looks at neighbours. */
final class Diffusion {
  private Diffusion() {}

  /** Horizontal diffusion of a field (rows + 4, columns + 4, levels), its fluxes limited. */
  static NDArray step(NDArray field, NDArray coeff) {
    NDArray around =
        field
            .slice("2:, 1:-1")
            .add(field.slice(":-2, 1:-1"))
            .add(field.slice("1:-1, 2:"))
            .add(field.slice("1:-1, :-2"));
    NDArray laplace = field.slice("1:-1, 1:-1").multiply(4.0).subtract(around);
    NDArray fluxX =
        limited(
            laplace.slice("1:, 1:-1").subtract(laplace.slice(":-1, 1:-1")),
            field.slice("2:-1, 2:-2").subtract(field.slice("1:-2, 2:-2")));
    NDArray fluxY =
        limited(
            laplace.slice("1:-1, 1:").subtract(laplace.slice("1:-1, :-1")),
            field.slice("2:-2, 2:-1").subtract(field.slice("2:-2, 1:-2")));
    NDArray change =
        fluxX
            .slice("1:")
            .subtract(fluxX.slice(":-1"))
            .add(fluxY.slice(":, 1:"))
            .subtract(fluxY.slice(":, :-1"));
    return field.slice("2:-2, 2:-2").subtract(coeff.multiply(change));
  }

  /** The flux, or nothing where it would run up the slope. */
  private static NDArray limited(NDArray flux, NDArray slope) {
    return flux.multiply(slope).greater(0.0).where(0.0, flux);
  }
}
