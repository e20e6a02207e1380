// Curves over time: memory, use of devices, bytes. Samples are kept here, the last two minutes of them.

import uPlot from "./vendor/uPlot.esm.js";
import { byId } from "./dom.js";
import * as colours from "./colours.js";
import { bytes } from "./format.js";

const MOST = 1200;

// Ticks of bytes stand at powers of two.
const POWERS = Array.from({ length: 50 }, (_, i) => 2 ** i);

class Chart {
  constructor(id, unit, most) {
    this.box = byId(id);
    this.unit = unit;
    this.most = most;
    this.times = [];
    this.series = new Map();
    this.plot = null;
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(this.box);
  }

  size() {
    return { width: Math.max(120, this.box.clientWidth), height: Math.max(80, this.box.clientHeight - 4) };
  }

  // One moment: {name: {value, colour, dashed}}.
  add(seconds, values) {
    if (this.times.length > 0 && seconds <= this.times.at(-1)) return;
    this.times.push(seconds);
    for (const [name, { value, colour, dashed }] of Object.entries(values)) {
      if (!this.series.has(name)) {
        this.series.set(name, { values: Array(this.times.length - 1).fill(null), colour, dashed });
        this.destroy();
      }
      this.series.get(name).values.push(value);
    }
    for (const line of this.series.values()) {
      while (line.values.length < this.times.length) line.values.push(null);
    }
    if (this.times.length > MOST) {
      this.times.shift();
      for (const line of this.series.values()) line.values.shift();
    }
  }

  destroy() {
    this.plot?.destroy();
    this.plot = null;
  }

  reset() {
    this.destroy();
    this.times = [];
    this.series.clear();
  }

  draw() {
    if (this.times.length < 2) return;
    const data = [this.times, ...[...this.series.values()].map((line) => line.values)];
    if (this.plot) this.plot.setData(data);
    else this.plot = new uPlot(this.options(), data, this.box);
  }

  options() {
    const axis = { stroke: colours.css("--soft"), grid: { stroke: colours.css("--line"), width: 1 }, ticks: { show: false } };
    const most = this.most;
    return {
      ...this.size(),
      cursor: { y: false },
      legend: { show: false },
      scales: { x: { time: false }, y: { range: (plot, low, high) => [0, most ?? (high > 0 ? high * 1.08 : 1)] } },
      axes: [
        { ...axis, size: 26, values: (plot, splits) => splits.map((v) => `${v} s`) },
        { ...axis, size: 78, ...(most ? {} : { incrs: POWERS }), values: (plot, splits) => splits.map(this.unit) },
      ],
      series: [{}, ...[...this.series.entries()].map(([label, line]) => ({
        label,
        stroke: line.colour(),
        width: line.dashed ? 1.2 : 1.8,
        dash: line.dashed ? [6, 5] : undefined,
        fill: line.dashed ? undefined : translucent(line.colour()),
        points: { show: false },
      }))],
    };
  }
}

function translucent(colour) {
  return colour.startsWith("#") ? `${colour}22` : colour.replace("hsl(", "hsla(").replace(")", " / 13%)");
}

export class Charts {
  constructor() {
    this.memory = new Chart("memory-chart", bytes);
    this.devices = new Chart("devices-chart", (v) => `${v} %`, 100);
    this.bytes = new Chart("bytes-chart", (v) => `${bytes(v)}/s`);
    this.before = null;
    this.use = new Map();
  }

  add({ state, session }) {
    const now = state.now / 1000;
    const memory = {};
    session.memory.forEach((place, i) => {
      const disk = place.limit === null;
      const colour = () => (disk ? colours.css("--disk") : colours.operation(i));
      memory[place.name] = { value: place.live, colour };
      if (!disk) memory[`${place.name} budget`] = { value: place.limit, colour: () => colours.css("--bad"), dashed: true };
    });
    this.memory.add(now, memory);
    const before = this.before;
    if (before && state.now - before.now < 90) return;
    if (before) this.rates(before, state, now);
    this.before = state;
  }

  // What has changed since the last moment, by the time between.
  rates(before, state, now) {
    const seconds = (state.now - before.now) / 1000;
    const use = {};
    state.devices.forEach((device, i) => {
      const earlier = before.devices.find((d) => d.name === device.name);
      const part = (device.busy - (earlier?.busy ?? 0)) / 1000 / seconds / Math.max(1, device.parallelism);
      const value = Math.min(100, Math.max(0, 100 * part));
      this.use.set(device.name, value);
      use[device.name] = { value, colour: () => colours.operation(i) };
    });
    this.devices.add(now, use);
    const moved = {
      "stages": { value: Math.max(0, state.totals.kernelBytes - before.totals.kernelBytes) / seconds, colour: () => colours.operation(0) },
    };
    for (const link of state.links) {
      const earlier = before.links.find((l) => l.from === link.from && l.to === link.to);
      const disk = link.kind === "spill" || link.kind === "load";
      moved[`${link.from} to ${link.to}`] = {
        value: Math.max(0, link.bytes - (earlier?.bytes ?? 0)) / seconds,
        colour: () => colours.css(disk ? "--disk" : "--transfer"),
      };
    }
    this.bytes.add(now, moved);
  }

  all() {
    return [this.memory, this.devices, this.bytes];
  }

  draw() {
    this.all().forEach((chart) => chart.draw());
  }

  // Colours have changed.
  recolour() {
    this.all().forEach((chart) => chart.destroy());
    this.draw();
  }

  reset() {
    this.all().forEach((chart) => chart.reset());
    this.before = null;
  }
}
