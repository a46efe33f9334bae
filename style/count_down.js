// Counts the seconds for which something can still be taken back. Without JavaScript the page says until what time.

/** @param {HTMLElement} told where it stands; `data-counts-down` is how many seconds are left. */
export function countDown(told) {
  const end = Date.now() + Number(told.dataset.countsDown) * 1000;
  const banner = told.closest(".govuk-notification-banner");
  const form = banner.querySelector("form");
  // Whoever hears the page is told once, and at the end; not each second.
  told.setAttribute("aria-live", "off");
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left > 0) {
      told.textContent = left === 1 ? "You can take it back for 1 more second." : `You can take it back for ${left} more seconds.`;
      setTimeout(tick, 250);
      return;
    }
    told.removeAttribute("aria-live");
    told.textContent = "It is being sent now, and can no longer be taken back.";
    if (form.contains(document.activeElement)) banner.focus();
    form.remove();
  };
  tick();
}
