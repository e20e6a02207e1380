// Colours of operations, on light and on dark: Okabe and Ito's, which people with colour blindness can tell apart, then
// hues around the circle. Red, orange and black are kept for transfers, the disk and errors.

const OPERATIONS = [
  ["#0072b2", "#3d9bd9"], ["#009e73", "#22b88e"], ["#c4679b", "#cc79a7"], ["#56b4e9", "#7cc8f2"],
  ["#7a5fb5", "#9f87d6"], ["#a39300", "#d8cb4a"], ["#5b7f2b", "#93bd56"], ["#8a6d5a", "#bb9c87"],
];

let dark = false;

export function setDark(value) {
  dark = value;
}

export function isDark() {
  return dark;
}

export function operation(number) {
  if (number < OPERATIONS.length) return OPERATIONS[Math.max(0, number)][dark ? 1 : 0];
  // Steps of the golden angle through the hues from yellow to pink; the lightness changes with them.
  const further = number - OPERATIONS.length;
  const hue = 55 + ((further * 137.5 + 110) % 265);
  return `hsl(${hue.toFixed(0)} ${further % 2 ? 60 : 42}% ${(dark ? 58 : 38) + 12 * (further % 3)}%)`;
}

export function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// The colour of a kind of lane where it has one of its own.
export function ofKind(kind) {
  if (kind === "in" || kind === "out") return css("--transfer");
  if (kind === "spill" || kind === "load") return css("--disk");
  return null;
}
