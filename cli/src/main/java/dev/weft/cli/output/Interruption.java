package dev.weft.cli.output;

/**
 * Says that the process was told to stop: by Ctrl-C, or by another program. Meanwhile unfinished
 * files are removed by those who write them. The JVM then ends with 128 and the signal's number, as
 * shells expect, without waiting for the job.
 */
public final class Interruption {
  private static final String ERASE = "\r\033[K";

  private final Messages messages;
  private final boolean interactive;
  private final Thread hook = new Thread(this::tell, "weft-interrupt");

  private Interruption(Messages messages, boolean interactive) {
    this.messages = messages;
    this.interactive = interactive;
  }

  /** From now on, until {@link #expected}. */
  public static Interruption watch(Messages messages, boolean interactive) {
    Interruption interruption = new Interruption(messages, interactive);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void tell() {
    messages.end((interactive ? ERASE : "") + "weft: interrupted; unfinished files are removed\n");
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
