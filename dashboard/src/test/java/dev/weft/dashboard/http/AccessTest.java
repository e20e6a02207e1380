package dev.weft.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.watch.DashboardAddress;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody without the token gets in, by any route, method or form. */
class AccessTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO");
  private static final List<String> READ =
      List.of(
          "/",
          "/app.js",
          "/style.css",
          "/vendor/uPlot.esm.js",
          "/icon.svg",
          "/api/session",
          "/api/jobs",
          "/metrics",
          "/health");
  private static final List<String> OTHERS =
      List.of(
          "/events",
          "/api/jobs/1",
          "/api/jobs/1/stages/0",
          "/api/jobs/1/cancel",
          "/api/cancel",
          "/nothing",
          "//");
  private static final List<String> CHANGES = List.of("/api/cancel", "/api/jobs/1/cancel");

  private final TestSession session = new TestSession();
  private final LiveDashboard dashboard = new LiveDashboard(session, DashboardAddress.ofPort(0));
  private final URI link = dashboard.link();
  private final String host = "127.0.0.1:" + link.getPort();
  private final String token = link.getQuery().substring("token=".length());

  @AfterEach
  void close() {
    dashboard.close();
  }

  private RawRequest send(String method, String path, String... headers) throws IOException {
    return RawRequest.send(link, method, path, List.of(headers));
  }

  private String cookie() throws IOException {
    RawRequest entered = send("GET", "/?token=" + token, "Host: " + host);
    return "Cookie: " + entered.header("set-cookie").split(";")[0];
  }

  @Test
  void theTokenIsExchangedForACookieAndLeavesTheAddress() throws IOException {
    RawRequest entered = send("GET", "/?token=" + token, "Host: " + host);
    assertThat(entered.status()).isEqualTo(303);
    assertThat(entered.header("location")).isEqualTo("/");
    assertThat(entered.header("set-cookie"))
        .startsWith("weft-" + link.getPort() + "=")
        .endsWith("; Path=/; HttpOnly; SameSite=Strict")
        .doesNotContain(token);
    assertThat(token).as("24 bytes").hasSize(32);
    for (String path : READ) {
      RawRequest answer = send("GET", path, "Host: " + host, cookie());
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("content-security-policy"))
          .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for")
          .doesNotContain("unsafe");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.body()).as("the token is told to nobody").doesNotContain(token);
    }
  }

  @Test
  void scrapersShowTheTokenInAHeader() throws IOException {
    RawRequest metrics = send("GET", "/metrics", "Host: " + host, "Authorization: Bearer " + token);
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.body())
        .contains("weft_memory_bytes{place=\"cpu\",kind=\"live\"} 1000\n")
        .contains("# TYPE weft_jobs_total counter\n")
        .contains("weft_energy_joules_total{device=\"cpu\"} 12.500000\n");
  }

  @Test
  void eachRouteHasOneMethod() throws IOException {
    String cookie = cookie();
    String origin = "Origin: http://" + host;
    List<String> paths = new ArrayList<>(READ);
    paths.addAll(List.of("/events", "/api/jobs/1", "/api/jobs/1/stages/0"));
    paths.addAll(CHANGES);
    for (String path : paths) {
      String allowed = CHANGES.contains(path) ? "POST" : "GET";
      for (String method : METHODS) {
        if (!method.equals(allowed)) {
          RawRequest answer = send(method, path, "Host: " + host, cookie, origin);
          assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
          assertThat(answer.header("allow")).as(path).isEqualTo(allowed);
        }
      }
    }
    assertThat(session.cancelled).hasValue(0);
    assertThat(send("POST", "/api/cancel", "Host: " + host, cookie, origin).status())
        .isEqualTo(200);
    assertThat(session.cancelled).hasValue(1);
    assertThat(session.cancelledOne).hasValue(0);
    assertThat(send("GET", "/nothing", "Host: " + host, cookie).status()).isEqualTo(404);
    assertThat(send("GET", "/../app.js", "Host: " + host, cookie).status()).isEqualTo(404);
    assertThat(send("GET", "/api/jobs?x=1", "Host: " + host, cookie).status()).isEqualTo(400);
  }

  @Test
  void oneJobIsCancelledByItsNumber() throws IOException {
    String cookie = cookie();
    String origin = "Origin: http://" + host;
    RawRequest done = send("POST", "/api/jobs/1/cancel", "Host: " + host, cookie, origin);
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.body()).isEqualTo("{\"cancelled\":true}");
    RawRequest bearer =
        send("POST", "/api/jobs/1/cancel", "Host: " + host, "Authorization: Bearer " + token);
    assertThat(bearer.status()).isEqualTo(200);
    RawRequest gone = send("POST", "/api/jobs/2/cancel", "Host: " + host, cookie, origin);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.body()).isEqualTo("job 2 is not running\n");
    for (String path :
        List.of("/api/jobs/-1/cancel", "/api/jobs/1/cancel/", "/api/jobs/x/cancel")) {
      assertThat(send("POST", path, "Host: " + host, cookie, origin).status()).isEqualTo(404);
    }
    assertThat(session.cancelledOne).hasValue(2);
    assertThat(session.cancelled).hasValue(0);
  }

  /** Headers that an attacker can make a browser, or a program of another user, send. */
  private Map<String, List<String>> forms() throws IOException {
    String cookie = cookie();
    String self = "Host: " + host;
    int port = link.getPort();
    Map<String, List<String>> forms = new LinkedHashMap<>();
    forms.put("no token", List.of(self));
    forms.put("wrong token", List.of(self, "Authorization: Bearer " + token.substring(1) + "A"));
    forms.put("start of the token", List.of(self, "Authorization: Bearer " + token.substring(2)));
    forms.put("empty token", List.of(self, "Authorization: Bearer "));
    forms.put("basic", List.of(self, "Authorization: Basic " + token));
    forms.put("token as cookie", List.of(self, "Cookie: weft-" + port + "=" + token));
    forms.put("empty cookie", List.of(self, "Cookie: weft-" + port + "="));
    forms.put("another port's cookie", List.of(self, cookie.replace("weft-", "weft-1")));
    forms.put("cookie with more", List.of(self, cookie + "x"));
    forms.put("two cookie headers", List.of(self, "Cookie: a=b", cookie));
    forms.put("foreign origin", List.of(self, cookie, "Origin: https://evil.example"));
    forms.put("null origin", List.of(self, cookie, "Origin: null"));
    forms.put("empty origin", List.of(self, cookie, "Origin: "));
    forms.put("prefix of origin", List.of(self, cookie, "Origin: http://" + host + ".evil"));
    forms.put("user in origin", List.of(self, cookie, "Origin: http://" + host + "@evil"));
    forms.put("other port", List.of(self, cookie, "Origin: http://127.0.0.1:" + (port + 1)));
    forms.put("https origin", List.of(self, cookie, "Origin: https://" + host));
    forms.put("other name", List.of(self, cookie, "Origin: http://localhost:" + port));
    forms.put("two origins", List.of(self, cookie, "Origin: http://" + host, "Origin: null"));
    forms.put("rebinding", List.of("Host: evil.example:" + port, cookie));
    forms.put("host with more", List.of("Host: " + host + ".evil", cookie));
    forms.put("host without port", List.of("Host: 127.0.0.1", cookie));
    forms.put("other loopback", List.of("Host: 127.0.0.2:" + port, cookie));
    forms.put("in capitals", List.of("Host: LOCALHOST:" + port, cookie));
    forms.put("two hosts", List.of("Host: evil.example", self, cookie));
    return forms;
  }

  @Test
  void noFormOfAttackIsLetIn() throws IOException {
    List<String> paths = new ArrayList<>(READ);
    paths.addAll(OTHERS);
    paths.add("/?token=");
    paths.add("/?token=" + token.substring(1));
    paths.add("/app.js?token=" + token);
    int tried = 0;
    for (var form : forms().entrySet()) {
      for (String path : paths) {
        for (String method : METHODS) {
          RawRequest answer = RawRequest.send(link, method, path, form.getValue());
          assertThat(answer.status()).as(form.getKey() + ": " + method + " " + path).isIn(400, 403);
          assertThat(answer.headers()).as(form.getKey()).doesNotContainKey("set-cookie");
          tried++;
        }
      }
    }
    assertThat(session.cancelled).hasValue(0);
    assertThat(session.cancelledOne).hasValue(0);
    System.out.println("tried " + tried + " requests of attackers; none was let in");
  }

  @Test
  void aChangeMustSayWhereItComesFrom() throws IOException {
    String self = "Host: " + host;
    String origin = "Origin: http://" + host;
    for (String path : CHANGES) {
      assertThat(send("POST", path, self, cookie()).status()).as(path).isEqualTo(403);
      RawRequest beside = send("POST", path, self, cookie(), origin, "Sec-Fetch-Site: same-site");
      assertThat(beside.status()).as(path).isEqualTo(403);
    }
    assertThat(session.cancelled).hasValue(0);
    assertThat(session.cancelledOne).hasValue(0);
  }
}
