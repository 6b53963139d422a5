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

  window.addEventListener("hashchange", unfold);
  unfold();
})();
