// The task stream: a lane for each slot of each device, a bar for each piece of work, on a canvas.

import { byId, setText } from "./dom.js";
import * as colours from "./colours.js";
import { bytes, clock, count, millis } from "./format.js";

const MOST_SPANS = 30000;
const KINDS = ["in", "task", "join", "out", "load", "spill"];
const KIND_NAMES = { in: "copies in", task: "", join: "joins", out: "copies out", load: "reads", spill: "spills" };
const AXIS = 20;
const [SEQUENCE, JOB, STAGE, CHUNK, TASKS, LANE, OPERATION, BEGIN, TOOK, BYTES, FAILED, NOTE] = Array(12).keys();

// A span that has not ended has no number; job, stage, chunk and lane say which piece of work it is.
const isOpen = (span) => span[SEQUENCE] === 0;
const place = (span) => `${span[JOB]} ${span[STAGE]} ${span[CHUNK]} ${span[LANE]}`;

export class Stream {
  constructor() {
    this.canvas = byId("stream");
    this.context = this.canvas.getContext("2d");
    this.spans = [];
    this.running = [];
    this.missed = 0;
    this.now = 0;
    this.lanes = [];
    this.rows = [];
    this.operations = [];
    this.width = 10000;
    this.end = 0;
    this.following = true;
    this.latest = 0;
    this.dirty = true;
    this.listen();
  }

  // Spans that have ended since.
  add(batch) {
    this.missed += batch.missed;
    const open = new Set(this.running.map(place));
    for (const span of batch.spans) {
      this.spans.push(span);
      if (span[TOOK] > 0 && open.has(place(span))) this.running = this.running.filter((each) => place(each) !== place(span));
      this.latest = Math.max(this.latest, span[BEGIN] + span[TOOK]);
    }
    if (this.spans.length > MOST_SPANS * 1.2) this.spans.splice(0, this.spans.length - MOST_SPANS);
    this.dirty = true;
  }

  forget() {
    this.spans = [];
    this.running = [];
    this.missed = 0;
    this.latest = 0;
  }

  // What runs is told whole each time, and replaces what ran before.
  set({ lanes, operations, devices, running }) {
    if (running.length > 0 || this.running.length > 0) this.dirty = true;
    this.running = running;
    if (lanes.length !== this.lanes.length) {
      const order = new Map(devices.map((device, i) => [device.name, i]));
      const rank = (lane) => order.get(lane.device) ?? order.size;
      this.lanes = lanes;
      this.rows = [...lanes].sort(
        (a, b) => rank(a) - rank(b) || a.device.localeCompare(b.device)
          || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.slot - b.slot);
      this.rowOf = new Map(this.rows.map((lane, i) => [lane.id, i]));
      this.dirty = true;
    }
    this.operations = operations;
  }

  // The present, where the right edge is while it follows; it stops some time after the last work.
  present(now, running) {
    if (this.running.length > 0 && now !== this.now) this.dirty = true;
    this.now = now;
    if (!this.following) return;
    const end = running ? now : Math.min(now, this.latest + 400);
    if (end !== this.end) {
      this.end = end;
      this.dirty = true;
    }
  }

  follow(value) {
    this.following = value;
    byId("follow").setAttribute("aria-pressed", String(value));
    this.dirty = true;
  }

  zoom(factor, at = 1) {
    const moment = this.end - (1 - at) * this.width;
    this.width = Math.min(600000, Math.max(0.05, this.width * factor));
    if (!this.following) this.end = moment + (1 - at) * this.width;
    this.dirty = true;
  }

  move(part) {
    this.follow(false);
    this.end += part * this.width;
    this.dirty = true;
  }

  listen() {
    const canvas = this.canvas;
    byId("zoom-in").addEventListener("click", () => this.zoom(0.5));
    byId("zoom-out").addEventListener("click", () => this.zoom(2));
    byId("follow").addEventListener("click", () => this.follow(!this.following));
    canvas.addEventListener("keydown", (event) => {
      const action = {
        ArrowLeft: () => this.move(-0.2), ArrowRight: () => this.move(0.2), "+": () => this.zoom(0.5),
        "=": () => this.zoom(0.5), "-": () => this.zoom(2), End: () => this.follow(true),
      }[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    });
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.partOf(event));
    }, { passive: false });
    canvas.addEventListener("dblclick", () => this.follow(true));
    let from = null;
    canvas.addEventListener("pointerdown", (event) => {
      from = { x: event.clientX, end: this.end };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointerup", () => (from = null));
    canvas.addEventListener("pointermove", (event) => {
      if (from && Math.abs(event.clientX - from.x) > 3) {
        this.follow(false);
        this.end = from.end - ((event.clientX - from.x) / this.plot()) * this.width;
        this.dirty = true;
      }
      this.hover(event);
    });
    canvas.addEventListener("pointerleave", () => (byId("tip").hidden = true));
    new ResizeObserver(() => (this.dirty = true)).observe(canvas.parentElement);
  }

  label() {
    return this.canvas.clientWidth < 500 ? 74 : 132;
  }

  plot() {
    return Math.max(1, this.canvas.clientWidth - this.label());
  }

  partOf(event) {
    const x = event.clientX - this.canvas.getBoundingClientRect().left - this.label();
    return Math.min(1, Math.max(0, x / this.plot()));
  }

  rowHeight() {
    return this.rows.length > 40 ? 12 : this.rows.length > 16 ? 16 : 22;
  }

  hover(event) {
    const tip = byId("tip");
    const y = event.clientY - this.canvas.getBoundingClientRect().top;
    const lane = this.rows[Math.floor(y / this.rowHeight())];
    const moment = this.end - (1 - this.partOf(event)) * this.width;
    const slack = (2 * this.width) / this.plot();
    const span = lane && (this.running.find((s) => s[LANE] === lane.id && s[BEGIN] - slack <= moment && moment <= this.now + slack)
      ?? this.spans.findLast((s) => s[LANE] === lane.id && s[BEGIN] - slack <= moment && moment <= s[BEGIN] + s[TOOK] + slack));
    tip.hidden = !span;
    if (!span) return;
    setText(tip, this.describe(span, lane));
    tip.style.left = `${Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
  }

  describe(span, lane) {
    const what = span[OPERATION] < 0 ? `chunk ${span[CHUNK]} of array ${span[STAGE]}, ${bytes(span[BYTES])}`
      : this.operations[span[OPERATION]] ?? "";
    const chunks = span[TASKS] > 1 ? `chunks from ${span[CHUNK]} on, ${span[TASKS]} tasks` : `chunk ${span[CHUNK]}`;
    const took = isOpen(span) ? `has run for ${millis(this.now - span[BEGIN])}` : millis(span[TOOK]);
    return [what, `job ${span[JOB]}${span[OPERATION] < 0 ? "" : `, ${chunks}`}`,
      `${lane.device} ${KIND_NAMES[lane.kind]}`.trim(), `${took}, from ${clock(span[BEGIN])} on`, span[NOTE]]
      .filter(Boolean).join("\n");
  }

  draw() {
    if (!this.dirty) return;
    this.dirty = false;
    const { canvas, context } = this;
    const row = this.rowHeight();
    const width = canvas.clientWidth;
    const height = Math.max(4, this.rows.length) * row + AXIS;
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.drawLanes(row);
    this.drawSpans(row);
    this.drawAxis(row, height);
    const left = this.missed > 0 ? `, ${count(this.missed)} left out` : "";
    const open = this.running.length > 0 ? `, ${count(this.running.length)} of them open` : "";
    const all = this.spans.length + this.running.length;
    const shown = `${count(all)} pieces of work in ${this.rows.length} lanes${left}${open}`;
    canvas.setAttribute("aria-label", `Task stream: ${shown}; ${millis(this.width)} until ${clock(this.end)} are shown`);
  }

  drawLanes(row) {
    const { context } = this;
    const label = this.label();
    const lane = colours.css("--lane");
    context.font = `${Math.min(11, row - 1)}px system-ui, sans-serif`;
    context.textBaseline = "middle";
    const text = colours.css("--soft");
    this.rows.forEach((each, i) => {
      context.fillStyle = lane;
      context.fillRect(label, i * row + 1, this.plot(), row - 2);
      context.fillStyle = text;
      const name = `${each.device} ${KIND_NAMES[each.kind]} ${each.slot + 1}`.replace("  ", " ");
      context.fillText(name, 0, i * row + row / 2, label - 6);
    });
  }

  drawSpans(row) {
    const { context } = this;
    const label = this.label();
    const scale = this.plot() / this.width;
    const begin = this.end - this.width;
    const kinds = new Map(this.lanes.map((lane) => [lane.id, colours.ofKind(lane.kind)]));
    const error = colours.css("--error");
    const light = colours.isDark() ? "#ffffff" : null;
    const palette = new Map();
    // What runs goes up to the present; its end is open.
    const visible = (span) => span[BEGIN] <= this.end && (isOpen(span) || span[BEGIN] + span[TOOK] >= begin);
    for (const span of this.running.filter(visible).concat(this.spans.filter(visible))) {
      const open = isOpen(span);
      const right = open ? Math.max(this.now, span[BEGIN]) : span[BEGIN] + span[TOOK];
      const y = (this.rowOf?.get(span[LANE]) ?? 0) * row + 2;
      const x = label + Math.max(0, (span[BEGIN] - begin) * scale);
      const w = Math.max(span[FAILED] ? 3 : 0.8, (Math.min(right, this.end) - Math.max(span[BEGIN], begin)) * scale - 0.4);
      let colour = span[FAILED] ? error : kinds.get(span[LANE]);
      if (!colour) {
        colour = palette.get(span[OPERATION]) ?? colours.operation(span[OPERATION]);
        palette.set(span[OPERATION], colour);
      }
      context.fillStyle = colour;
      context.globalAlpha = open ? 0.5 : 1;
      context.fillRect(x, y, w, row - 4);
      context.globalAlpha = 1;
      if (open) {
        context.strokeStyle = colour;
        context.lineWidth = 1.5;
        context.beginPath();
        context.moveTo(x + w, y + 0.75);
        context.lineTo(x + 0.75, y + 0.75);
        context.lineTo(x + 0.75, y + row - 4.75);
        context.lineTo(x + w, y + row - 4.75);
        context.stroke();
      }
      if (span[FAILED] && light) {
        context.strokeStyle = light;
        context.lineWidth = 1;
        context.strokeRect(x, y, w, row - 4);
      }
    }
  }

  drawAxis(row, height) {
    const { context } = this;
    const label = this.label();
    const scale = this.plot() / this.width;
    const wanted = (this.width * 90) / this.plot();
    const power = 10 ** Math.floor(Math.log10(wanted));
    const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= wanted) ?? 10 * power;
    context.fillStyle = colours.css("--soft");
    context.strokeStyle = colours.css("--line");
    context.lineWidth = 1;
    context.textBaseline = "alphabetic";
    context.font = "11px system-ui, sans-serif";
    const digits = step >= 1000 ? 0 : Math.min(6, Math.ceil(3 - Math.log10(step)));
    for (let t = Math.ceil((this.end - this.width) / step) * step; t <= this.end; t += step) {
      if (t < -step / 2) continue;
      const x = label + (t - (this.end - this.width)) * scale;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, height - AXIS);
      context.stroke();
      context.fillText(`${(Math.max(0, t) / 1000).toFixed(digits)} s`, Math.min(x + 2, label + this.plot() - 40), height - 6);
    }
  }
}
