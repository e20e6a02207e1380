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
    messages.end((interactive ? ERASE : "") + "weft: interrupted; " + rest + "\n");
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
