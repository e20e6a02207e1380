package dev.weft.cpu;

import dev.weft.core.linalg.LapackProvider;
import dev.weft.cpu.blas.OpenBlas;
import dev.weft.cpu.blas.OpenBlasLapack;

/** The LAPACK of the OpenBLAS that also multiplies matrices. */
public final class OpenBlasLapackProvider implements LapackProvider {
  /** Made by the service loader. */
  public OpenBlasLapackProvider() {}

  @Override
  public Lookup load() {
    return switch (OpenBlas.ofProcess()) {
      case OpenBlas.Lookup.Found found -> new Lookup.Found(new OpenBlasLapack(found.library()));
      case OpenBlas.Lookup.Missing missing ->
          new Lookup.Missing(missing.reason(), missing.remedy());
    };
  }
}
