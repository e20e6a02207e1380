// The parts of the report, and their start.
function facts() {
  document.title = `${data.title} – weft profile`;
  byId("title").textContent = data.title;
  const list = byId("facts");
  const fact = (value, what, wrong) => {
    const item = make("li", wrong ? "wrong" : "");
    item.append(make("b", "", value), make("span", "", what));
    list.append(item);
  };
  const done = data.stages.reduce((sum, stage) => sum + stage.done, 0);
  const all = data.jobs.reduce((sum, job) => sum + job.tasks, 0);
  fact(time(data.nanos), "from planning to the end");
  if (data.jobs.length > 1) fact(count(data.jobs.length), "jobs");
  fact(done === all ? count(all) : `${count(done)} of ${count(all)}`, "tasks done");
  fact(time(data.jobs.reduce((sum, job) => sum + job.begin - job.planBegin, 0)), "planning");
  if (data.bytes.read > 0) fact(bytes(data.bytes.read), "read from sources");
  const host = data.memory[0];
  if (host) fact(bytes(host.peak), `most memory of ${host.device}`);
  if (data.bytes.spilled > 0) fact(bytes(data.bytes.spilled), "spilled to disk");
  const failed = data.jobs.filter((job) => job.failure);
  if (failed.length > 0) fact(failed[0].failure === "cancelled" ? "cancelled" : "failed", `job ${failed[0].number}`, true);
  else if (data.problems.length > 0) fact(count(data.problems.length), "failures and retries", true);
}

function problems() {
  if (data.problems.length === 0) return;
  const section = byId("problems");
  section.hidden = false;
  table(section, [
    { name: "at", kind: "number", value: (row) => row.nanos, text: time },
    { name: "what", kind: "wrong", value: (row) => row.kind },
    { name: "job", kind: "number", value: (row) => row.job },
    { name: "device", value: (row) => row.device },
    { name: "operation", kind: "name", value: (row) => stageName(row.stage) },
    { name: "chunk", kind: "number", value: (row) => row.stage < 0 ? "" : row.chunk },
    { name: "message", kind: "name", value: (row) => row.text },
  ], data.problems);
}

function stages() {
  const total = data.stages.reduce((sum, stage) => sum + stage.nanos, 0) || 1;
  const longest = Math.max(1, ...data.stages.map((stage) => stage.nanos));
  const rows = data.stages.map((stage, number) => ({ ...stage, number })).sort((a, b) => b.nanos - a.nanos);
  table(byId("stages"), [
    { name: "operation", kind: "name", value: (row) => row.label,
      fill: (cell, row) => cell.append(key(stageColour(row.number)), document.createTextNode(stageName(row.number))) },
    { name: "", kind: "bar", value: (row) => "", fill: (cell, row) => {
        const bar = make("div");
        bar.style.width = `${row.nanos / longest * 100}%`;
        bar.style.background = stageColour(row.number);
        cell.append(bar);
      } },
    { name: "time", kind: "number", value: (row) => row.nanos, text: time },
    { name: "share", kind: "number", value: (row) => row.nanos / total, text: percent },
    { name: "tasks", kind: "number", value: (row) => row.done,
      text: (done, row) => done === row.tasks ? count(done) : `${count(done)} of ${count(row.tasks)}` },
    { name: "mean", kind: "number", value: (row) => row.done ? row.nanos / row.done : 0, text: time },
    { name: "longest", kind: "number", value: (row) => row.longest, text: time },
    { name: "on", value: (row) => Object.entries(row.byDevice).map(([device, n]) =>
        Object.keys(row.byDevice).length > 1 ? `${device} ${count(n)}` : device).join(", ") },
  ], rows);
}

function uses() {
  const place = byId("uses").querySelector(".charts");
  for (const use of data.uses) {
    const mean = use.use.reduce((sum, value) => sum + value, 0) / use.use.length;
    const lanes = use.lanes === 1 ? "1 lane" : `${use.lanes} lanes`;
    const points = use.use.flatMap((value, i) =>
      [[i / use.use.length, value / use.lanes], [(i + 1) / use.use.length, value / use.lanes]]);
    const colour = use.name.endsWith(" disk") ? "var(--disk)" : use.name.startsWith("to ") ? "var(--into)" : use.name.startsWith("from ") ? "var(--from)" : "var(--accent)";
    chart(place, use.name, `${lanes}, ${percent(mean / use.lanes)} of the time`, points, colour, false);
  }
  if (data.uses.length === 0) place.append(make("p", "note", "nothing ran"));
}

function memory() {
  const place = byId("memory").querySelector(".charts");
  for (const curve of data.memory) {
    const most = Math.max(1, curve.peak);
    const points = curve.points.map(([at, value]) => [at / Math.max(1, data.nanos), value / most]);
    const limit = curve.limit > 0 ? ` of ${bytes(curve.limit)} allowed` : "";
    chart(place, curve.device, `at most ${bytes(curve.peak)}${limit}`, points,
      curve.device === "disk" ? "var(--disk)" : "var(--accent)", true);
  }
  if (data.memory.length === 0) place.append(make("p", "note", "no buffers were used"));
}

function moved() {
  const rows = [{ what: "read from sources", bytes: data.bytes.read }];
  for (const [device, number] of Object.entries(data.bytes.toDevices)) rows.push({ what: `copied to ${device}`, bytes: number });
  for (const [device, number] of Object.entries(data.bytes.fromDevices)) rows.push({ what: `copied from ${device}`, bytes: number });
  rows.push({ what: "spilled to disk", bytes: data.bytes.spilled });
  if (data.bytes.spilled > 0) rows.push({ what: "brought back from disk", bytes: data.bytes.broughtBack });
  if (data.bytes.readAhead > 0) rows.push({ what: "read ahead from files", bytes: data.bytes.readAhead });
  table(byId("bytes"), [
    { name: "what", kind: "name", value: (row) => row.what },
    { name: "bytes", kind: "number", value: (row) => row.bytes, text: count },
    { name: "size", kind: "number", value: (row) => row.bytes, text: bytes },
  ], rows);
}

function slowest() {
  table(byId("slowest"), [
    { name: "operation", kind: "name", value: (row) => stageName(row.stage),
      fill: (cell, row, name) => cell.append(key(stageColour(row.stage)), document.createTextNode(name)) },
    { name: "chunk", kind: "number", value: (row) => row.chunk,
      text: (chunk, row) => row.tasks > 1 ? `${count(chunk)} to ${count(chunk + row.tasks - 1)}` : count(chunk) },
    { name: "time", kind: "number", value: (row) => row.nanos, text: time },
    { name: "device", value: (row) => row.device },
    { name: "began", kind: "number", value: (row) => row.begin, text: time },
    { name: "remark", kind: "name", value: (row) => row.reason },
  ], data.slowest, 10);
}

function placements() {
  if (data.placements.length === 0) return;
  const section = byId("placements");
  section.hidden = false;
  table(section, [
    { name: "operation", kind: "name", value: (row) => stageName(row.stage) },
    { name: "device", value: (row) => row.device },
    { name: "tasks", kind: "number", value: (row) => row.tasks, text: count },
    { name: "moved for them", kind: "number", value: (row) => row.moved, text: bytes },
    { name: "reason of the first", kind: "name", value: (row) => row.reason },
  ], data.placements);
}

function kernels() {
  const place = byId("kernels").querySelector(".list");
  for (const kernel of data.kernels) {
    byId("kernels").hidden = false;
    const stage = data.stages[kernel.stage];
    const details = make("details"), summary = make("summary");
    summary.append(key(stageColour(kernel.stage)), document.createTextNode(` ${stageName(kernel.stage)} `),
      make("span", "", `${count(stage.done)} ${stage.done === 1 ? "task" : "tasks"}, ${time(stage.nanos)}`));
    details.append(summary, make("h3", "", "kernel"), make("pre", "", kernel.text));
    for (const code of kernel.code) {
      details.append(make("h3", "", `generated for ${code.device}`), make("pre", "", code.text));
    }
    place.append(details);
  }
  if (data.plan) {
    byId("plan").hidden = false;
    byId("plan").querySelector("pre").textContent = data.plan;
  }
}

facts();
problems();
stages();
uses();
memory();
moved();
slowest();
placements();
kernels();
stream();
controls();
