// The page: listens to the session's events and draws what is newest, once for each frame of the screen.

import { byId, setText } from "./dom.js";
import { Charts } from "./charts.js";
import { drawGraph, forgetGraph } from "./graph.js";
import * as panels from "./panels.js";
import { Stream } from "./stream.js";
import { startTheme } from "./theme.js";

const stream = new Stream();
const charts = new Charts();
let newest = null;
let receivedAt = 0;
let paused = false;
let connected = false;
let ended = false;
let changed = false;
let chosen = null;
let chosenJob = null;
let rate = { at: 0, done: 0, value: 0 };
let said = "";

function connect() {
  const source = new EventSource("/events");
  source.addEventListener("snapshot", (event) => receive(JSON.parse(event.data)));
  source.addEventListener("spans", (event) => stream.add(JSON.parse(event.data)));
  source.addEventListener("end", () => {
    ended = true;
    source.close();
    closed("The session has ended. This is how it was.");
  });
  source.addEventListener("open", () => {
    connected = true;
    // All spans that are remembered come again.
    stream.forget();
    charts.reset();
    byId("banner").hidden = true;
  });
  source.addEventListener("error", () => {
    if (!ended) closed("The connection is lost: the session has ended, or the link is no longer valid.");
  });
}

function closed(text) {
  connected = false;
  setText(byId("banner"), text);
  byId("banner").hidden = false;
  changed = true;
}

function receive(all) {
  if (paused) return;
  newest = all;
  receivedAt = performance.now();
  const { now, totals } = all.state;
  if (now - rate.at >= 900) {
    rate = { at: now, done: totals.tasksDone, value: ((totals.tasksDone - rate.done) / (now - rate.at)) * 1000 };
  }
  charts.add(all);
  stream.set(all.state);
  changed = true;
  // A job that was chosen while it ran has ended since, and is no longer told.
  if (chosenJob?.state === "running" && !all.state.current.some((each) => each.number === chosen)) choose(chosen);
}

// The job that was chosen, else the newest that runs, else the one that has ended last.
function job() {
  const { current } = newest.state;
  if (chosen === null) return current[0] ?? null;
  return current.find((each) => each.number === chosen) ?? chosenJob;
}

async function choose(number) {
  chosen = number;
  byId("live").hidden = false;
  byId("source").hidden = true;
  const answer = await fetch(`/api/jobs/${number}`);
  if (answer.ok) chosenJob = await answer.json();
  changed = true;
}

async function showSource(number, stage) {
  const answer = await fetch(`/api/jobs/${number}/stages/${stage.id}`);
  let text = `${stage.label}: a ${stage.kind} launches no kernel.`;
  if (answer.ok) {
    const source = await answer.json();
    const code = Object.entries(source.code).map(([device, lines]) => `\n${device} runs\n\n${lines}`);
    text = [`kernel ${source.name}\n`, source.text, ...code].join("\n");
  }
  setText(byId("source"), text);
  byId("source").hidden = false;
  byId("source").focus();
}

// Rows move while jobs begin and end: the question says which job it is.
async function cancel(path, question) {
  if (!confirm(question)) return;
  try {
    const answer = await fetch(path, { method: "POST" });
    // It may have ended in the meantime.
    if (!answer.ok) alert(await answer.text());
  } catch {
    // The connection is lost, which the banner says.
  }
}

function drawPanels() {
  const { state, session } = newest;
  const shown = job();
  panels.tiles(state, rate.value, connected);
  panels.progress(shown);
  panels.kernels(shown, showSource);
  panels.placements(shown);
  panels.memory(session);
  panels.devices(state, charts.use);
  panels.links(state);
  panels.troubles(state);
  panels.history(state, choose, (number) => cancel(`/api/jobs/${number}/cancel`, `Cancel job ${number}?`));
  panels.log(state);
  panels.machine(state, session);
  panels.legend(state);
  drawGraph(shown);
  charts.draw();
  say(state);
}

// A screen reader hears of jobs that begin and end, and of nothing else.
function say(state) {
  const last = state.history[0];
  const text = last ? `Job ${last.number} is ${last.state}.` : "";
  if (text !== said) {
    said = text;
    setText(byId("status"), text);
  }
}

function frame() {
  if (newest && !paused) {
    if (changed) {
      changed = false;
      drawPanels();
    }
    const running = newest.state.totals.tasksRunning > 0 && connected;
    stream.present(newest.state.now + (running ? Math.min(1500, performance.now() - receivedAt) : 0), running);
  }
  stream.draw();
  requestAnimationFrame(frame);
}

byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  setText(byId("pause"), paused ? "Go on" : "Pause");
  setText(byId("status"), paused ? "The page is paused; the jobs go on." : "The page goes on.");
});
byId("live").addEventListener("click", () => {
  chosen = null;
  chosenJob = null;
  byId("live").hidden = true;
  byId("source").hidden = true;
  changed = true;
});
byId("cancel").addEventListener("click", () => cancel("/api/cancel", "Cancel all jobs of this session?"));
startTheme(byId("theme"), () => {
  charts.recolour();
  forgetGraph();
  stream.dirty = true;
  changed = newest !== null;
});
connect();
requestAnimationFrame(frame);
