// Applies the reader's own choice of light or dark, kept on this device. Without it the system's setting decides.
(() => {
  "use strict";
  const KEY = "hiringkit-theme";
  const CHOICES = ["light", "dark"];
  const root = document.documentElement;

  function apply(choice) {
    if (CHOICES.includes(choice)) root.dataset.bsTheme = choice;
    else delete root.dataset.bsTheme;
  }

  // Storage may be switched off in the browser; the page then follows the system.
  function stored() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return "";
    }
  }

  function keep(choice) {
    try {
      if (choice) localStorage.setItem(KEY, choice);
      else localStorage.removeItem(KEY);
    } catch {
      // The choice then lasts as long as this page.
    }
  }

  // Runs in the head, before anything is painted, so that a dark page never flashes white.
  apply(stored());

  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.querySelector("[data-theme-choice]");
    if (!choice) return;
    for (const radio of choice.querySelectorAll("input")) {
      radio.checked = radio.value === stored();
      radio.addEventListener("change", () => {
        keep(radio.value);
        apply(radio.value);
      });
    }
    choice.hidden = false;
  });
})();
