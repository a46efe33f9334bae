// Keeps what somebody writes, a moment after they pause and when they leave the page.
// Without JavaScript a button beside the field does it.

const PAUSE_MS = 2000;
/** Browsers take no more from a page that is being left. */
const MOST_ON_LEAVING = 60_000;

/** @param {HTMLElement} told where it stands what was kept; `data-keeps` is the address that keeps it. */
export function keepWords(told) {
  const form = told.closest("form");
  const field = form.querySelector("textarea");
  let kept = field.value;
  let waiting;
  const tell = (words) => {
    if (told.textContent !== words) told.textContent = words;
  };
  const keep = async () => {
    clearTimeout(waiting);
    const words = field.value;
    if (words === kept) return;
    kept = words;
    const body = new URLSearchParams({ [field.name]: words, quietly: "yes" });
    const keepalive = body.toString().length < MOST_ON_LEAVING;
    // Whoever is signed out is sent to sign in: that is no place to follow to.
    const answer = await fetch(told.dataset.keeps, { method: "POST", body, keepalive, redirect: "manual" }).catch(() => null);
    if (answer?.status === 204) {
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      tell(`Saved at ${time}. It is not sent yet.`);
    } else {
      kept = undefined;
      tell("We could not save this. Copy your words before you leave this page.");
    }
  };
  const onLeaving = () => {
    if (document.hidden) keep();
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE_MS);
  });
  // Whoever presses a button elsewhere, such as the way out, is not signed in any more when the page is left.
  field.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) keep();
  });
  document.addEventListener("visibilitychange", onLeaving);
  window.addEventListener("pagehide", keep);
  // What is sent is kept by being sent.
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    document.removeEventListener("visibilitychange", onLeaving);
    window.removeEventListener("pagehide", keep);
  });
}
