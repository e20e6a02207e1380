package dev.weft.gpu.library;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Binds the functions of one loaded library.
 *
 * @param library for messages
 */
public record Bindings(String library, SymbolLookup symbols) {

  /**
   * A handle that calls a function.
   *
   * @throws LibraryException when the library has no such function
   */
  public MethodHandle bind(String function, FunctionDescriptor descriptor) throws LibraryException {
    MemorySegment symbol =
        symbols
            .find(function)
            .orElseThrow(
                () ->
                    new LibraryException(
                        "%s has no function %s".formatted(library, function), null));
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }
}
