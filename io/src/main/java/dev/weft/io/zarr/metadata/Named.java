package dev.weft.io.zarr.metadata;

import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A part of metadata that may be extended: its name, and its configuration.
 *
 * @param name what it is
 * @param configuration an object, empty where there is none
 */
record Named(String name, Json configuration) {
  /** Reads one, which may be a mere name. */
  static Named of(Json json) {
    if (json.node().isString()) {
      return new Named(json.text(), none(json));
    }
    Json configuration = json.optional("configuration");
    if (!json.node().isObject()) {
      throw json.wrong("a name, or an object with a name");
    }
    if (configuration != null && !configuration.node().isObject()) {
      throw configuration.wrong("an object");
    }
    return new Named(json.get("name").text(), configuration == null ? none(json) : configuration);
  }

  private static Json none(Json json) {
    return new Json(
        json.file(), json.place() + ".configuration", JsonNodeFactory.instance.objectNode());
  }
}
