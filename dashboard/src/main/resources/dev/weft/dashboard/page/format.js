// Numbers for people.

const SIZES = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

export function bytes(value) {
  let size = Math.abs(value);
  let unit = 0;
  while (size >= 1024 && unit < SIZES.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${(value < 0 ? -1 : 1) * (unit === 0 || size >= 100 ? Math.round(size) : Number(size.toFixed(size >= 10 ? 1 : 2)))} ${SIZES[unit]}`;
}

export function count(value) {
  return Math.round(value).toLocaleString("en-US");
}

export function millis(value) {
  if (value < 0.001) return `${(value * 1e6).toFixed(0)} ns`;
  if (value < 1) return `${(value * 1e3).toFixed(value < 0.01 ? 1 : 0)} µs`;
  if (value < 1000) return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
  if (value < 120000) return `${(value / 1000).toFixed(2)} s`;
  return `${Math.floor(value / 60000)} min ${Math.round((value % 60000) / 1000)} s`;
}

export function clock(value) {
  return `${(value / 1000).toFixed(2)} s`;
}

export function percent(part) {
  return `${Math.round(100 * part)} %`;
}
