// Keeps the operator's page up to date: asks for the page again and exchanges only what has changed.
"use strict";
const EVERY = 5000;
const pause = document.getElementById("pause");
let paused = false;
let timer;

function exchange(fresh) {
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(old.id);
    if (now && now.innerHTML !== old.innerHTML) old.innerHTML = now.innerHTML;
  }
}

// A part that came or went, such as the figures when the database is back, changes the whole page.
const shape = (page) => [...page.querySelectorAll("[data-live]")].map((each) => each.id).join(" ");

let asking = false;

async function refresh() {
  clearTimeout(timer);
  // A page that is hidden and shown again while it asks would otherwise ask twice as often from then on.
  if (paused || document.hidden || asking) return;
  asking = true;
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(15000) });
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (shape(fresh) === shape(document)) exchange(fresh);
    else document.querySelector("main").replaceWith(fresh.querySelector("main"));
    const told = document.getElementById("lost");
    told.textContent = "";
    told.dataset.words = fresh.getElementById("lost").dataset.words;
    document.documentElement.dataset.refreshed = Date.now();
  } catch {
    const told = document.getElementById("lost");
    if (!told.textContent) told.textContent = told.dataset.words;
  }
  asking = false;
  timer = setTimeout(refresh, EVERY);
}

pause.hidden = false;
pause.addEventListener("click", () => {
  paused = !paused;
  pause.textContent = paused ? document.body.dataset.resume : document.body.dataset.pause;
  refresh();
});
document.addEventListener("visibilitychange", refresh);
timer = setTimeout(refresh, EVERY);
