"use strict";
// What all parts of the report share: the data, numbers for people, tables and curves.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
// Okabe and Ito's colours, which people with colour blindness can tell apart; then hues by the golden angle.
const named = [
  ["#0072b2", "#3d9bd9"], ["#e09000", "#e69f00"], ["#009e73", "#22b88e"], ["#c4679b", "#cc79a7"],
  ["#56b4e9", "#7cc8f2"], ["#d55e00", "#e8793a"], ["#c9b800", "#e3d64a"], ["#7a5fb5", "#9f87d6"],
];
const stageColour = (stage) => {
  const scheme = dark.matches ? 1 : 0;
  if (stage < named.length) return named[Math.max(0, stage)][scheme];
  return `hsl(${((stage - named.length) * 137.5 + 20) % 360} 55% ${scheme ? 60 : 45}%)`;
};
const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Numbers for people.
const count = (value) => value.toLocaleString("en-US");
const time = (nanos) => {
  const units = ["ns", "µs", "ms", "s"];
  let value = nanos, unit = 0;
  while (unit < 3 && value >= 999.5) { value /= 1000; unit++; }
  return `${value.toFixed(unit === 0 ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${units[unit]}`;
};
const bytes = (number) => {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = number, unit = 0;
  while (unit < 4 && value >= 1024) { value /= 1024; unit++; }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${units[unit]}`;
};
const percent = (share) => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;

// All text goes through textContent: names are never markup.
const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};
const key = (colour) => {
  const element = make("i", "key");
  element.style.background = colour;
  return element;
};
const stageName = (stage) => {
  const row = data.stages[stage];
  if (!row) return "";
  return data.jobs.length > 1 ? `${row.label} (job ${row.job})` : row.label;
};

/** A table that sorts by the column whose heading is pressed; shows `first` rows until asked for all. */
function table(section, all, rows, first = 25) {
  // A column without any text says nothing.
  const columns = all.filter((column) => column.fill || rows.some((row) => column.value(row) !== ""));
  const place = section.querySelector(".table");
  const element = make("table");
  const head = make("tr"), body = make("tbody");
  let sorted = [...rows], shown = Math.min(first, rows.length);
  const fill = () => {
    body.replaceChildren(...sorted.slice(0, shown).map((row) => {
      const line = make("tr");
      for (const column of columns) {
        const cell = make("td", column.kind ?? "");
        const value = column.value(row);
        if (column.fill) column.fill(cell, row, value);
        else cell.textContent = column.text ? column.text(value, row) : value;
        if (typeof value === "number") cell.dataset.value = value;
        line.append(cell);
      }
      return line;
    }));
  };
  for (const column of columns) {
    const cell = make("th", column.kind === "number" || column.kind === "bar" ? column.kind : "");
    cell.scope = "col";
    if (column.name && rows.length > 1) {
      const button = make("button", "", column.name);
      button.type = "button";
      button.addEventListener("click", () => {
        const up = cell.getAttribute("aria-sort") === "descending";
        head.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", up ? "ascending" : "descending");
        sorted.sort((a, b) => {
          const x = column.value(a), y = column.value(b);
          const order = typeof x === "number" ? x - y : String(x).localeCompare(String(y));
          return up ? order : -order;
        });
        fill();
      });
      cell.append(button);
    } else {
      cell.textContent = column.name;
    }
    head.append(cell);
  }
  const top = make("thead");
  top.append(head);
  element.append(top, body);
  fill();
  place.replaceChildren(element);
  if (rows.length > shown) {
    const more = make("button", "more", `show all ${count(rows.length)}`);
    more.type = "button";
    more.addEventListener("click", () => { shown = rows.length; fill(); more.remove(); });
    place.append(more);
  }
}

/** A figure with a filled curve; `points` are [x, y] within 0 to 1. */
function chart(place, name, note, points, colour, steps) {
  const figure = make("figure"), caption = make("figcaption");
  caption.append(make("b", "", name), make("span", "", note));
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 1000 100");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${name}: ${note}`);
  const path = document.createElementNS(space, "path");
  let d = "M0 100", last = 100;
  for (const [x, y] of points) {
    const at = (x * 1000).toFixed(1), height = (100 - 96 * Math.min(1, y)).toFixed(1);
    d += steps ? `L${at} ${last}L${at} ${height}` : `L${at} ${height}`;
    last = height;
  }
  path.setAttribute("d", `${d}L1000 ${last}L1000 100Z`);
  path.style.fill = colour;
  svg.append(path);
  figure.append(caption, svg);
  place.append(figure);
}
