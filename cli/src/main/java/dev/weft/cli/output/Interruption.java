package dev.weft.cli.output;

import java.lang.reflect.Proxy;

/**
 * Says that the process was told to stop: by Ctrl-C, or by another program. Meanwhile unfinished
 * files are removed by those who write them. The JVM then ends with 128 and the signal's number, as
 * shells expect, without waiting for the job. A second Ctrl-C does not wait for the removing
 * either, which a disk or a network that hangs may hold up: the next job that writes the same file
 * does it.
 */
public final class Interruption {
  private static final String ERASE = "\r\033[K";
  private static final String CTRL_C = "INT";

  private final Messages messages;
  private final boolean interactive;
  private final String rest;
  private final Thread hook = new Thread(this::tell, "weft-interrupt");

  private Interruption(Messages messages, boolean interactive, String rest) {
    this.messages = messages;
    this.interactive = interactive;
    this.rest = rest;
  }

  /**
   * From now on, until {@link #expected}.
   *
   * @param resumes whether unfinished files stay for the next run
   */
  public static Interruption watch(Messages messages, boolean interactive, boolean resumes) {
    Interruption interruption =
        new Interruption(
            messages,
            interactive,
            resumes ? "run the same again to go on" : "unfinished files are removed");
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void tell() {
    endAtTheNext();
    messages.end((interactive ? ERASE : "") + "weft: interrupted; " + rest + "\n");
  }

  /**
   * The JVM itself lets a signal that comes while it ends wait for what is removed. Its classes for
   * signals are called by their names, since the compiler warns of them.
   */
  private static void endAtTheNext() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object halting =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(CTRL_C), halting);
    } catch (ReflectiveOperationException e) {
      // There are none, or the user has told the JVM to leave signals alone (-Xrs).
      return;
    }
  }

  /** The command has ended by itself, and so will the process. */
  public void expected() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is stopping already, with another exit code.
      return;
    }
  }
}
