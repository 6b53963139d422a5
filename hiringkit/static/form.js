// Conveniences for forms; every form works without them.
(() => {
  "use strict";

  // A refused form starts at what is wrong: the summary gets the focus and the page title says so.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) {
    summary.focus();
    document.title = `Error: ${document.title}`;
  }

  // A link to a part that lies inside a fold opens the fold first.
  function unfold() {
    const part = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const fold = part && part.closest("details:not([open])");
    if (fold) {
      fold.open = true;
      part.scrollIntoView();
    }
  }

  // Whoever signs out leaves nothing in the browser of what they had typed.
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/sign-out")) return;
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith("hiringkit-typing:")) localStorage.removeItem(name);
      }
    } catch {
      // Nothing was kept here then.
    }
  });

  // In a scale of points a digit chooses its point, as the arrow keys do one by one.
  document.addEventListener("keydown", (event) => {
    const own = event.target;
    if (own.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const point = [...own.form.elements].find((one) => one.name === own.name && one.value === event.key);
    if (!point) return;
    event.preventDefault();
    point.focus();
    point.click();
  });

  window.addEventListener("hashchange", unfold);
  unfold();
})();
