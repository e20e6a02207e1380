package dev.weft.cli.machine;

/** The version of this build. */
public final class Version {
  private Version() {}

  /** The version, or that there is none. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "of a build without jars" : version;
  }
}
