// Light or dark: as the system has it, until the button says otherwise.

import { setDark } from "./colours.js";

const system = matchMedia("(prefers-color-scheme: dark)");
let chosen = null;

export function startTheme(button, onChange) {
  const apply = () => {
    const dark = chosen ?? system.matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    setDark(dark);
    button.textContent = dark ? "Light" : "Dark";
    button.setAttribute("aria-label", dark ? "Use the light theme" : "Use the dark theme");
    onChange();
  };
  button.addEventListener("click", () => {
    chosen = !(chosen ?? system.matches);
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}
