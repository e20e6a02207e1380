// The stages of a job as a graph, in layers from top to bottom, filled as far as they are done.

import { byId, setText, svg } from "./dom.js";
import * as colours from "./colours.js";
import { count } from "./format.js";

const MOST = 80;
const WIDTH = 168;
const HEIGHT = 42;
const GAP_X = 18;
const GAP_Y = 30;
const SIDE = 34;
const WIDEST = 6;
const MOST_EDGES = 1000;

let drawn = null;

// Positions: a stage stands one layer below the lowest stage that it reads.
// Kinds of tasks that do not read each other stand two by two.
function layout(stages) {
  const layers = [];
  const unknown = stages.every((stage) => stage.shape === "" && stage.reads.length === 0);
  const layerOf = [];
  stages.forEach((stage, i) => {
    const above = stage.reads.filter((r) => r < i).map((r) => layerOf[r] + 1);
    layerOf[i] = unknown ? i >> 1 : Math.max(0, ...above);
    (layers[layerOf[i]] ??= []).push(i);
  });
  // A layer of very many takes several rows.
  const rows = layers.flatMap((layer) => Array.from({ length: Math.ceil(layer.length / WIDEST) }, (_, i) => layer.slice(i * WIDEST, (i + 1) * WIDEST)));
  const widest = Math.max(...rows.map((row) => row.length));
  const total = widest * (WIDTH + GAP_X) - GAP_X;
  const positions = [];
  rows.forEach((row, depth) => {
    const own = row.length * (WIDTH + GAP_X) - GAP_X;
    row.forEach((stage, k) => {
      positions[stage] = { x: 2 + (total - own) / 2 + k * (WIDTH + GAP_X), y: 2 + depth * (HEIGHT + GAP_Y) };
    });
  });
  return { positions, width: total + 4, height: rows.length * (HEIGHT + GAP_Y) - GAP_Y + 4 };
}

// From the stage that makes something to the one that reads it. A kind of tasks that reads itself, or one that stands
// later, has its arrow at the side.
function path(a, b) {
  if (b.y > a.y) {
    const [x1, y1, x2, y2] = [a.x + WIDTH / 2, a.y + HEIGHT, b.x + WIDTH / 2, b.y];
    const bend = (y2 - y1) / 2;
    return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  }
  const [x1, y1, x2, y2] = [a.x + WIDTH, a.y + HEIGHT * 0.7, b.x + WIDTH, b.y + HEIGHT * 0.3];
  return `M${x1} ${y1}C${x1 + SIDE} ${y1} ${x2 + SIDE} ${y2} ${x2} ${y2}`;
}

function arrowHead() {
  const size = { viewBox: "0 0 8 8", refX: 7.5, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" };
  return svg("defs", {}, svg("marker", { id: "arrow", ...size }, svg("path", { class: "head", d: "M0 0L8 4L0 8z" })));
}

function build(job, stages) {
  const { positions, height, ...rest } = layout(stages);
  const width = rest.width + (stages.some((stage, i) => stage.reads.some((r) => r >= i)) ? SIDE : 0);
  // Made smaller to fit, but never so small that it cannot be read.
  const scale = Math.min(1, Math.max(0.68, (byId("graph").clientWidth - 4) / width));
  const size = { width: width * scale, height: height * scale, viewBox: `0 0 ${width} ${height}` };
  const edges = stages.flatMap((stage, i) => stage.reads.filter((r) => r < stages.length).map((r) => path(positions[r], positions[i])));
  const label = `${stages.length} stages of job ${job.number}, joined by ${edges.length} arrows`;
  const root = svg("svg", { ...size, role: "img", "aria-label": label }, arrowHead());
  root.append(...edges.slice(0, MOST_EDGES).map((d) => svg("path", { class: "edge", d, "marker-end": "url(#arrow)" })));
  const nodes = stages.map((stage, i) => {
    const { x, y } = positions[i];
    const title = svg("title");
    const frame = svg("rect", { class: "frame", width: WIDTH, height: HEIGHT, rx: 7 });
    const fill = svg("rect", { height: HEIGHT, width: 0, rx: 7, opacity: 0.42 });
    const label = svg("text", { x: 10, y: 17 });
    const state = svg("text", { x: 10, y: 33, class: "count" });
    setText(label, stage.label.length > 24 ? `${stage.label.slice(0, 23)}…` : stage.label);
    const node = svg("g", { transform: `translate(${x} ${y})` }, title, frame, fill, label, state);
    root.append(node);
    return { node, title, fill, state };
  });
  byId("graph").replaceChildren(root);
  return nodes;
}

export function drawGraph(job) {
  if (!job) return;
  const stages = job.stages.slice(0, MOST);
  const more = job.stages.length - stages.length;
  setText(byId("graph-note"), more > 0 ? `the first ${MOST} of ${job.stages.length}` : `job ${job.number}`);
  if (stages.length === 0) {
    byId("graph").replaceChildren("The job has no stages.");
    drawn = null;
    return;
  }
  const key = `${job.number}/${job.began}`;
  if (drawn?.key !== key) drawn = { key, nodes: build(job, stages) };
  stages.forEach((stage, i) => {
    const { node, title, fill, state } = drawn.nodes[i];
    const part = stage.tasks === 0 ? 1 : Math.min(1, stage.done / stage.tasks);
    fill.setAttribute("width", (part * WIDTH).toFixed(1));
    fill.setAttribute("fill", colours.operation(stage.operation));
    node.setAttribute("class", stage.running > 0 ? "running" : "");
    const text = `${count(stage.done)} of ${count(stage.tasks)}${stage.running > 0 ? `, ${count(stage.running)} running` : ""}`;
    setText(state, text);
    setText(title, `${stage.label}\n${stage.kind} ${stage.shape}\n${text}`);
  });
}

export function forgetGraph() {
  drawn = null;
}
