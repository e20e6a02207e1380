// Panels that are tables, and the tiles at the top.

import { buttonCell, byId, element, fillTable, setText, svg } from "./dom.js";
import * as colours from "./colours.js";
import { bytes, clock, count, millis, percent } from "./format.js";

const number = (text, title) => ({ text, className: "n", title });

export function tiles(state, rate, connected) {
  const running = state.current.some((job) => job.state === "running");
  setText(byId("tile-state"), !connected ? "closed" : running ? "running" : "idle");
  const { jobs, jobsFailed, tasksDone, tasksRunning, refused, retried, failed } = state.totals;
  setText(byId("tile-jobs"), count(jobs));
  setText(byId("tile-tasks"), count(tasksDone));
  setText(byId("tile-rate"), count(rate));
  setText(byId("tile-running"), count(tasksRunning));
  setText(byId("tile-troubles"), count(jobsFailed + failed + refused + retried + state.links.reduce((n, link) => n + link.failed, 0)));
}

function bar(stage) {
  const of = Math.max(1, stage.tasks);
  const memory = Math.min(stage.inMemory ?? 0, stage.done);
  const parts = [["b-done", stage.done - memory], ["b-memory", memory], ["b-running", stage.running]];
  return {
    fill: (td) => {
      let box = td.firstElementChild;
      if (!box) {
        box = element("div", { className: "bar", role: "progressbar", "aria-valuemin": "0" });
        box.append(...parts.map(([name]) => element("span", { className: name })));
        td.replaceChildren(box);
      }
      parts.forEach(([, value], i) => (box.children[i].style.width = `${(100 * Math.min(value, of)) / of}%`));
      box.setAttribute("aria-valuemax", String(stage.tasks));
      box.setAttribute("aria-valuenow", String(stage.done));
      box.setAttribute("aria-label", `${stage.label}: ${stage.done} of ${stage.tasks} tasks done`);
    },
  };
}

export function progress(job) {
  setText(byId("job-title"), job ? title(job) : "no job yet");
  fillTable("progress", (job?.stages ?? []).map((stage) => [
    { text: stage.label, title: `${stage.kind} ${stage.shape} in ${stage.grid} chunks` },
    bar(stage), number(count(stage.waiting)), number(count(stage.running)),
    number(stage.inMemory === null ? "–" : `${stage.inMemory > 0 ? "≈ " : ""}${count(stage.inMemory)}`), number(`${count(stage.done)} / ${count(stage.tasks)}`),
  ]), "No job has begun.");
}

function title(job) {
  const part = job.tasks === 0 ? 1 : job.done / job.tasks;
  const took = job.ended === null ? "" : ` after ${millis(job.ended - job.began)}`;
  const reads = job.bytesRead > 0 ? `, reads ${bytes(job.bytesRead)}` : "";
  return `job ${job.number}: ${job.state}${took}, ${percent(part)} of ${count(job.tasks)} tasks${reads}, planned in ${millis(job.planned)}`;
}

export function kernels(job, onChoose) {
  fillTable("kernels", (job?.stages ?? []).map((stage) => [
    buttonCell(stage.label, () => onChoose(job.number, stage)), { text: stage.kind, className: "keep" }, number(count(stage.done)),
    number(millis(stage.took)), number(stage.done ? millis(stage.took / stage.done) : "–"),
    number(stage.done ? millis(stage.shortest) : "–"), number(stage.done ? millis(stage.longest) : "–"),
    number(stage.rate === null ? "–" : stage.rate < 0.001 ? "< 0.001" : stage.rate.toFixed(stage.rate < 0.1 ? 3 : 2)),
  ]), "No job has begun.");
}

export function placements(job) {
  fillTable("placements", (job?.placements ?? []).map((placed) => [
    job.stages[placed.stage]?.label ?? String(placed.stage), placed.device, number(count(placed.tasks)), placed.text,
  ]), "There is only one device: nothing had to be decided.");
}

export function memory(session) {
  fillTable("memory", session.memory.map((place) => [
    place.name, number(bytes(place.live)), number(bytes(place.pooled)), number(bytes(place.peak)),
    number(place.limit === null ? "–" : `${bytes(place.limit)} (${percent(place.live / place.limit)})`),
  ]).concat([["Java heap", number(bytes(session.heapUsed)), number("–"), number("–"), number(bytes(session.heapMost))]]), "");
}

export function devices(state, use) {
  fillTable("devices", state.devices.map((device) => [
    { text: device.lost ? `${device.name} (lost)` : device.name, title: device.description },
    number(percent((use.get(device.name) ?? 0) / 100)), number(count(device.running)), number(count(device.parallelism)),
    number(count(device.tasksDone)),
  ]), "");
}

export function links(state) {
  const rows = state.links.map((link) => [link.from, link.to, number(count(link.copies)), number(bytes(link.bytes))]);
  rows.unshift(["sources", "jobs", number("–"), number(bytes(state.totals.bytesRead))],
    ["memory", "stages and back", number("–"), number(bytes(state.totals.kernelBytes))]);
  fillTable("bytes", rows, "");
}

export function troubles(state) {
  fillTable("troubles", state.troubles.map((trouble) => [
    number(clock(trouble.at)), String(trouble.job), { text: trouble.kind, className: `kind-${trouble.kind}` },
    trouble.chunk === null ? trouble.where : `${trouble.where}, chunk ${trouble.chunk}`, trouble.text,
  ]), "Nothing has gone wrong.");
}

export function history(state, onChoose, onCancel) {
  fillTable("history", state.history.map((job) => [
    buttonCell(`job ${job.number}`, () => onChoose(job.number), "keep"), { text: job.state, className: `state-${job.state}` },
    job.state === "running"
      ? buttonCell("Cancel", () => onCancel(job.number), "keep", { look: "small danger", label: `Cancel job ${job.number}` })
      : { text: "", className: "keep" },
    number(clock(job.began)), number(millis((job.ended ?? state.now) - job.began)),
    number(`${count(job.done)} / ${count(job.tasks)}`),
    job.error ?? "",
  ]), "No job has begun.");
}

export function log(state) {
  fillTable("log", state.log.toReversed().map((line) => [number(clock(line.at)), line.text]), "Nothing has happened.");
}

export function machine(state, session) {
  const rows = session.machine.map((fact) => [fact.name, fact.value]);
  for (const device of state.devices) {
    rows.push([device.name, device.description]);
    for (const fact of device.details) rows.push([`${device.name}: ${fact.name}`, fact.value]);
  }
  for (const used of session.energy) {
    rows.push([`${used.device}: energy`, used.joules === null ? used.of : `${count(used.joules)} J of ${used.of}`]);
  }
  fillTable("machine", rows, "");
}

let legendKey = "";

export function legend(state) {
  const kinds = new Set(state.lanes.map((lane) => lane.kind));
  const items = state.operations.slice(0, 24).map((name, i) => [name, colours.operation(i)]);
  if (kinds.has("in") || kinds.has("out")) items.push(["transfers", colours.css("--transfer")]);
  if (kinds.has("spill") || kinds.has("load")) items.push(["disk", colours.css("--disk")]);
  if (state.troubles.length > 0) items.push(["errors", colours.css("--error")]);
  const key = JSON.stringify(items);
  if (key === legendKey) return;
  legendKey = key;
  byId("legend").replaceChildren(...items.map(([name, colour]) => element("li", {},
    svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("rect", { width: 10, height: 10, rx: 2, fill: colour, stroke: "currentColor", "stroke-width": 0.4 })),
    name.length > 60 ? `${name.slice(0, 59)}…` : name)));
}
