// Elements of the page. Texts of the user are only ever set as text, never read as markup.

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

export function setText(node, text) {
  const value = String(text);
  if (node.textContent !== value) node.textContent = value;
}

export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "className" || key === "textContent" || key === "title" || key === "type") node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

export function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// Fills a table's body. A cell is a text, {text, className, title}, or {fill} which draws into the cell. Rows that are
// there already are kept, so that a selection and the focus stay where they are.
export function fillTable(id, rows, nothing) {
  const body = byId(id).tBodies[0];
  const columns = byId(id).tHead.rows[0].cells.length;
  if (rows.length === 0) rows = [[{ text: nothing, className: "empty", span: columns }]];
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach((cells, r) => {
    let row = body.rows[r] ?? body.insertRow();
    if (row.cells.length !== cells.length) {
      row.replaceChildren(...cells.map(() => document.createElement("td")));
    }
    cells.forEach((cell, c) => fillCell(row.cells[c], typeof cell === "object" ? cell : { text: cell }));
  });
}

function fillCell(td, cell) {
  const className = cell.className ?? "";
  if (td.className !== className) td.className = className;
  if ((cell.span ?? 1) !== td.colSpan) td.colSpan = cell.span ?? 1;
  if (cell.title !== undefined && td.title !== cell.title) td.title = cell.title;
  if (cell.fill) cell.fill(td);
  else if (td.firstElementChild) td.replaceChildren(String(cell.text));
  else setText(td, cell.text);
}

// A button in a cell, which keeps being the same button while its text changes.
export function buttonCell(text, onClick, className, { look = "link", label = null } = {}) {
  return {
    className,
    fill: (td) => {
      let button = td.firstElementChild;
      if (!button || button.tagName !== "BUTTON") {
        button = element("button", { type: "button", className: look });
        button.addEventListener("click", () => button.action());
        td.replaceChildren(button);
      }
      button.action = onClick;
      if (label !== null) button.setAttribute("aria-label", label);
      setText(button, text);
    },
  };
}
