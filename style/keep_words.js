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
  let keeping = null;
  const keep = () => {
    clearTimeout(waiting);
    if (field.value === kept) return;
    const now = send(field.value).finally(() => {
      if (keeping === now) keeping = null;
    });
    keeping = now;
  };
  const send = async (words) => {
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
  // Another form may be the way out: the words go first, while they still may. This form's words are kept by being
  // sent; what is on its way is let arrive first, so that it does not come after them.
  let waited = false;
  document.addEventListener("submit", (event) => {
    if (waited) return;
    clearTimeout(waiting);
    if (event.target !== form) keep();
    if (!keeping) return;
    event.preventDefault();
    waited = true;
    keeping.finally(() => event.target.requestSubmit(event.submitter));
  });
  document.addEventListener("visibilitychange", onLeaving);
  window.addEventListener("pagehide", keep);
  form.addEventListener("submit", () => {
    document.removeEventListener("visibilitychange", onLeaving);
    window.removeEventListener("pagehide", keep);
  });
}
