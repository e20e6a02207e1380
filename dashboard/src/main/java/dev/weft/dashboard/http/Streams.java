package dev.weft.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import dev.weft.dashboard.state.SessionState;
import dev.weft.dashboard.state.Views;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Server-sent events to pages: {@code snapshot}, the newest state, and {@code spans}, what has
 * ended since the last. Each page has a virtual thread, which waits where the page is slow; a page
 * that has read nothing for {@value #MOST_SECONDS} seconds is cut off.
 */
final class Streams {
  /** Pages at a time. */
  static final int MOST_PAGES = 32;

  /** Spans that a page is sent at a time. */
  static final int MOST_SPANS = 1_000;

  /** How long a page may take to read a frame. */
  static final int MOST_SECONDS = 30;

  private static final long KEEP_ALIVE_MILLIS = 10_000;

  private static final int END_TRIES = 20;
  private static final long END_MILLIS = 10;

  private final SessionState state;
  private final Broadcast broadcast;
  private final Set<Page> pages = ConcurrentHashMap.newKeySet();

  /** A page that listens. */
  private static final class Page {
    private final Thread thread = Thread.currentThread();

    /** When it began to be sent what it has not read yet, or 0. */
    private volatile long since;
  }

  Streams(SessionState state, Broadcast broadcast) {
    this.state = state;
    this.broadcast = broadcast;
  }

  /** Pages that listen. */
  int count() {
    return pages.size();
  }

  /** Waits until all pages have been sent the end, but for no page that is slow. */
  void awaitEnd() throws InterruptedException {
    for (int i = 0; i < END_TRIES && !pages.isEmpty(); i++) {
      Thread.sleep(END_MILLIS);
    }
  }

  /** Cuts off pages that read nothing. */
  void cutDead(long nanos) {
    for (Page page : pages) {
      long since = page.since;
      if (since != 0 && nanos - since > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
        // Ends a write that waits, and its connection.
        page.thread.interrupt();
      }
    }
  }

  /** Sends events until the page has gone or the dashboard is closed. */
  void serve(HttpExchange exchange) throws IOException {
    Page page = new Page();
    pages.add(page);
    try {
      if (pages.size() > MOST_PAGES) {
        Reply.text(exchange, 503, MOST_PAGES + " pages are open; close one");
        return;
      }
      Reply.guard(exchange, "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        send(page, out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pages.remove(page);
      exchange.close();
    }
  }

  private void send(Page page, OutputStream out) throws IOException, InterruptedException {
    long seen = 0;
    long spans = 0;
    write(page, out, "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
    while (!broadcast.isClosed()) {
      Broadcast.Frame frame = broadcast.after(seen, KEEP_ALIVE_MILLIS);
      if (frame == null) {
        write(page, out, ": nothing new\n\n".getBytes(StandardCharsets.UTF_8));
        continue;
      }
      seen = frame.number();
      Views.Spans more = state.spansAfter(spans, MOST_SPANS);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(frame.bytes());
      if (more.last() > spans) {
        all.writeBytes(event("spans", Json.bytes(more)));
        spans = more.last();
      }
      write(page, out, all.toByteArray());
    }
    write(page, out, event("end", "{}".getBytes(StandardCharsets.UTF_8)));
  }

  private static void write(Page page, OutputStream out, byte[] bytes) throws IOException {
    page.since = System.nanoTime() | 1;
    out.write(bytes);
    out.flush();
    page.since = 0;
  }

  /** An event; JSON has no line breaks. */
  static byte[] event(String name, byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 32);
    out.writeBytes(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(json);
    out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
