// What the pages' controls gain from JavaScript; everything works without it.
// Loaded as <script type="module" src="…">, so it runs once the page is parsed.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { countDown } from "./count_down.js";
import { keepWords } from "./keep_words.js";

// govuk-frontend asks for its class on the body; ours is for our own styles.
document.body.classList.add("govuk-frontend-supported", "js-enabled");

for (const component of [Button, CharacterCount, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) {
  createAll(component);
}
document.querySelectorAll("[data-keeps]").forEach(keepWords);
document.querySelectorAll("[data-counts-down]").forEach(countDown);
