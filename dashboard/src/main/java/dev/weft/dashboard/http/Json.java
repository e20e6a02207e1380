package dev.weft.dashboard.http;

import tools.jackson.databind.json.JsonMapper;

/** Records as JSON. Nothing is ever read. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }
}
