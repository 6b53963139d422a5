// Keeps what is typed into a long form: on the site at each pause, and in this browser while the site cannot be reached.
(() => {
  "use strict";
  const PAUSE = 2000;
  const LONGEST = 20000;
  const DAY = 86400000;
  const PREFIX = "hiringkit-typing:";
  const OWN = ["csrf_token", "form_key", "version"];
  const box = document.querySelector("[data-typing]");
  const form = box && box.querySelector("form");
  if (!form) return;
  const key = `${PREFIX}${box.dataset.typingOf}:${box.dataset.typing}`;
  const words = form.querySelector(".saved");
  const leaving = new AbortController();
  let timer = 0;
  let since = 0;
  let isBusy = false;

  function typed() {
    return [...new FormData(form)].filter(([name]) => !OWN.includes(name));
  }

  // Storage may be switched off or full; the site then keeps what it can.
  function stored() {
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith(PREFIX) && !(JSON.parse(localStorage[name]).at > Date.now() - DAY)) localStorage.removeItem(name);
      }
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function store(isSent) {
    try {
      const copy = { at: Date.now(), version: form.elements.version.value, fields: typed(), isSent };
      localStorage.setItem(key, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept here then.
    }
  }

  function touched() {
    since = since || Date.now();
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  }

  async function keep() {
    clearTimeout(timer);
    if (!since || leaving.signal.aborted) return;
    if (isBusy) {
      timer = setTimeout(keep, PAUSE);
      return;
    }
    since = 0;
    isBusy = true;
    const body = new URLSearchParams(new FormData(form));
    body.delete("form_key");
    try {
      const answer = await fetch(box.dataset.typing, { method: "POST", body, redirect: "error", signal: leaving.signal });
      if (!answer.ok) throw new Error(answer.status);
      words.textContent = await answer.text();
      forget();
    } catch {
      if (!leaving.signal.aborted) {
        words.textContent = store(false)
          ? "The site did not take it just now. It is kept in this browser, and tried again at your next pause."
          : "The site did not take it just now, and this browser keeps nothing. Leave this page open.";
      }
    } finally {
      isBusy = false;
    }
  }

  function put(copy) {
    for (const [name, value] of copy.fields) {
      let control = form.elements.namedItem(name);
      if (!control) {
        // A line that the page has no room for any more still goes with the form.
        control = document.createElement("input");
        control.type = "hidden";
        control.name = name;
        form.append(control);
      }
      const fold = control.value !== value && control instanceof Element && control.closest("details");
      if (fold) fold.open = true;
      control.value = value;
    }
    // What was typed over an older version meets the newer one when it is saved, and both are shown.
    form.elements.version.value = copy.version;
    touched();
  }

  function offer(copy) {
    const note = document.createElement("div");
    const line = document.createElement("p");
    const acts = document.createElement("div");
    const time = new Date(copy.at).toTimeString().slice(0, 5);
    note.className = "note note-warn mb-4";
    note.setAttribute("role", "status");
    line.textContent = `You typed something at ${time} that did not reach the site. This browser has kept it, for you alone.`;
    acts.className = "actions";
    for (const [label, kind, act] of [["Put it back", "btn btn-secondary", () => put(copy)], ["Discard it", "btn-quiet", forget]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = kind;
      button.textContent = label;
      button.addEventListener("click", () => {
        act();
        note.remove();
      });
      acts.append(button);
    }
    note.append(line, acts);
    box.prepend(note);
  }

  const copy = stored();
  const wasTaken = copy && copy.isSent && Number(form.elements.version.value) > Number(copy.version);
  if (copy && !wasTaken && JSON.stringify(copy.fields) !== JSON.stringify(typed())) offer(copy);
  else forget();

  form.addEventListener("input", touched);
  form.addEventListener("focusout", keep);
  window.addEventListener("online", touched);
  document.addEventListener("visibilitychange", keep);
  form.addEventListener("submit", () => {
    leaving.abort();
    store(true);
  });
})();
