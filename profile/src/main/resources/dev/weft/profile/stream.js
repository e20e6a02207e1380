// The task stream: lanes on a canvas, which can be zoomed and moved.
const canvas = byId("streamCanvas"), tip = byId("tip");
const whole = [0, Math.max(1, data.nanos)];
let view = [...whole];
let left = 0, right = 0, rowHeight = 0, pitch = 0;
const axis = 22;

function laneColour(lane, box) {
  if (lane.kind === "task") return stageColour(box[2]);
  if (lane.device === "disk") return cssColour("--disk");
  return cssColour(lane.kind === "to_device" ? "--into" : "--from");
}

function draw() {
  const ratio = devicePixelRatio || 1, width = canvas.parentElement.clientWidth;
  const lanes = data.lanes, names = lanes.map((lane) => lane.name);
  rowHeight = Math.max(6, Math.min(22, 440 / Math.max(1, lanes.length)));
  pitch = rowHeight + Math.max(1, rowHeight / 6);
  const height = Math.ceil(lanes.length * pitch) + axis;
  canvas.style.height = `${height}px`;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const g = canvas.getContext("2d");
  g.scale(ratio, ratio);
  g.font = "12px system-ui, sans-serif";
  g.textBaseline = "middle";
  left = Math.min(width * 0.3, 12 + Math.max(30, ...names.map((name) => g.measureText(name).width)));
  right = width - 46;
  const scale = (right - left) / (view[1] - view[0]);
  const ink = cssColour("--soft"), ground = cssColour("--lane"), wrong = cssColour("--wrong");
  lanes.forEach((lane, row) => {
    const y = row * pitch;
    g.fillStyle = ground;
    g.fillRect(left, y, right - left, rowHeight);
    for (const box of lane.boxes) {
      if (box[1] < view[0] || box[0] > view[1]) continue;
      const x = Math.max(left, left + (box[0] - view[0]) * scale);
      const end = Math.min(right, left + (box[1] - view[0]) * scale);
      g.fillStyle = box[6] ? laneColour(lane, box) : wrong;
      g.fillRect(x, y, Math.max(0.7, end - x - (end - x > 2 ? 0.5 : 0)), rowHeight);
    }
    g.fillStyle = ink;
    if (rowHeight >= 11 || row % Math.ceil(12 / pitch) === 0) {
      g.fillText(lane.name, 0, y + rowHeight / 2, left - 8);
      g.fillText(`${Math.round(100 * lane.busy / whole[1])} %`, right + 8, y + rowHeight / 2);
    }
  });
  // Ticks 1, 2 or 5 times a power of ten apart, with room for their texts.
  const length = view[1] - view[0], least = length * 75 / Math.max(75, right - left);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * [1, 2, 5, 10].find((one) => one * power >= least);
  g.textAlign = "center";
  g.fillStyle = ink;
  for (let at = Math.ceil(view[0] / step) * step; at <= view[1]; at += step) {
    const x = left + (at - view[0]) * scale;
    g.fillRect(x, height - axis + 2, 1, 5);
    if (x < right - 12) g.fillText(at === 0 ? "0" : time(at), x, height - 8);
  }
  g.textAlign = "start";
}

function zoom(factor, at) {
  const middle = at ?? (view[0] + view[1]) / 2;
  const length = Math.min(whole[1], Math.max(100, (view[1] - view[0]) * factor));
  let begin = middle - (middle - view[0]) / (view[1] - view[0]) * length;
  begin = Math.max(0, Math.min(whole[1] - length, begin));
  view = [begin, begin + length];
  draw();
}
function shift(share) {
  const length = view[1] - view[0];
  const begin = Math.max(0, Math.min(whole[1] - length, view[0] + share * length));
  view = [begin, begin + length];
  draw();
}
const timeAt = (x) => view[0] + (x - left) / (right - left) * (view[1] - view[0]);

function describe(lane, box) {
  const lines = [];
  const exact = box[3] === 1;
  if (lane.kind === "task") {
    lines.push(exact ? `${stageName(box[2])}, chunk ${count(box[4])}` : `${count(box[3])} tasks, most of the time ${stageName(box[2])}`);
  } else {
    lines.push(exact ? `${lane.name}: chunk ${count(box[4])} of array ${box[2]}` : `${count(box[3])} copies ${lane.name}`);
    lines.push(`${bytes(box[5])}, ${(box[5] / Math.max(1, box[1] - box[0])).toFixed(1)} GB/s`);
  }
  lines.push(`${time(box[1] - box[0])}, from ${time(box[0])} to ${time(box[1])}, on ${lane.name}`);
  if (!box[6]) {
    const problem = lane.kind === "task" && data.problems.find((one) => one.stage === box[2] && one.chunk >= box[4] && one.chunk < box[4] + box[3]);
    lines.push(problem ? problem.text : "did not end well");
  }
  return lines.join("\n");
}

function hover(event) {
  const area = canvas.getBoundingClientRect(), x = event.clientX - area.left, y = event.clientY - area.top;
  const lane = data.lanes[Math.floor(y / pitch)], at = timeAt(x);
  const slack = 2 / (right - left) * (view[1] - view[0]);
  const box = lane && x >= left && lane.boxes.find((one) => one[0] - slack <= at && at <= one[1] + slack);
  tip.style.visibility = box ? "visible" : "hidden";
  if (!box) return;
  tip.textContent = describe(lane, box);
  tip.style.left = `${Math.max(0, Math.min(x + 14, area.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${y + 18}px`;
}

function stream() {
  const tasks = data.lanes.filter((lane) => lane.kind === "task");
  canvas.setAttribute("aria-label", `Task stream with ${data.lanes.length} lanes: ` +
    data.lanes.map((lane) => `${lane.name} ${Math.round(100 * lane.busy / whole[1])} % at work`).join(", "));
  const merged = data.lanes.some((lane) => lane.kind === "task" && lane.boxes.some((box) => box[3] > 1));
  byId("streamNote").textContent = `${tasks.length} ${tasks.length === 1 ? "lane" : "lanes"} of tasks. Scroll or + and − to zoom, drag or arrow keys to move.` +
    (merged ? " Tasks too many or too short to be seen are drawn together." : "");
  const legend = byId("legend");
  const entry = (colour, name) => {
    const item = make("li");
    item.append(key(colour), make("span", "", name));
    legend.append(item);
  };
  legend.replaceChildren();
  const order = data.stages.map((stage, number) => number).sort((a, b) => data.stages[b].nanos - data.stages[a].nanos);
  order.slice(0, 10).forEach((stage) => entry(stageColour(stage), stageName(stage)));
  if (order.length > 10) legend.append(make("li", "", `and ${count(order.length - 10)} shorter ones`));
  const kinds = new Set(data.lanes.map((lane) => lane.kind === "task" ? "" : lane.device === "disk" ? "--disk" : lane.kind === "to_device" ? "--into" : "--from"));
  if (kinds.has("--into")) entry("var(--into)", "copies to devices");
  if (kinds.has("--from")) entry("var(--from)", "copies from devices");
  if (kinds.has("--disk")) entry("var(--disk)", "disk");
  if (data.lanes.some((lane) => lane.boxes.some((box) => !box[6]))) entry("var(--wrong)", "did not end well");
  draw();
}

function controls() {
  byId("closer").addEventListener("click", () => zoom(0.5));
  byId("wider").addEventListener("click", () => zoom(2));
  byId("whole").addEventListener("click", () => { view = [...whole]; draw(); });
  canvas.addEventListener("wheel", (event) => {
    if (event.deltaY === 0 || (view[1] - view[0] >= whole[1] && event.deltaY > 0)) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.8 : 1.25, timeAt(event.clientX - canvas.getBoundingClientRect().left));
  }, { passive: false });
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => { drag = event.clientX; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointerup", () => { drag = null; });
  canvas.addEventListener("pointermove", (event) => {
    if (drag !== null && event.buttons) {
      shift((drag - event.clientX) / (right - left));
      drag = event.clientX;
    }
    hover(event);
  });
  canvas.addEventListener("pointerleave", () => { tip.style.visibility = "hidden"; });
  canvas.addEventListener("keydown", (event) => {
    const act = { "+": () => zoom(0.5), "-": () => zoom(2), ArrowLeft: () => shift(-0.2), ArrowRight: () => shift(0.2), 0: () => { view = [...whole]; draw(); } }[event.key];
    if (act) { act(); event.preventDefault(); }
  });
  addEventListener("resize", draw);
  dark.addEventListener("change", () => { stream(); stages(); slowest(); });
}
