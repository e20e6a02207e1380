package dev.weft.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserCacheTest {
  @Test
  void isWhereTheUserSaysOrInTheHomeFolder() {
    assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "/big/cache"), "/home/ann"))
        .contains(Path.of("/big/cache/weft"));
    assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", ""), "/home/ann"))
        .contains(Path.of("/home/ann/.cache/weft"));
    assertThat(UserCache.folder(Map.of(), "/home/ann")).contains(Path.of("/home/ann/.cache/weft"));
  }

  @Test
  void isNowhereWithoutAHome() {
    assertThat(UserCache.folder(Map.of(), "?")).isEmpty();
    assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "/cache"), "?"))
        .contains(Path.of("/cache/weft"));
  }
}
