// Starts the islands of a page when a person first touches one, and not before.
//
// Until then no WebAssembly is fetched, and every form works as plain HTML. What was typed
// while the code was on its way is kept: the island reads the field, it does not refill it.

// What leptos would write into the page for data that is streamed later: our pages have none.
globalThis.__RESOLVED_RESOURCES = [];
globalThis.__SERIALIZED_ERRORS = [];
globalThis.__PENDING_RESOURCES = [];
globalThis.__RESOURCE_RESOLVERS = [];
globalThis.__INCOMPLETE_CHUNKS = [];

const source = document.querySelector("script[data-islands]");

async function start() {
  const { module, wasm } = source.dataset;
  const island = await import(module);
  await island.default({ module_or_path: wasm });
  island.hydrate();
  for (const element of document.querySelectorAll("leptos-island")) {
    const focused = element.contains(document.activeElement)
      ? document.activeElement
      : null;
    const typed = new Map(
      Array.from(element.querySelectorAll("input"), (input) => [input, input.value]),
    );
    await island[element.dataset.component]?.(element);
    for (const [input, value] of typed) {
      if (input.value !== value) input.value = value;
    }
    // Only what a person typed: words that the page came with ask for nothing.
    if (focused && focused.value !== focused.defaultValue) {
      focused.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function first(event) {
  if (!event.target.closest?.("leptos-island")) return;
  document.removeEventListener("focusin", first);
  start();
}

if (source) {
  document.addEventListener("focusin", first);
  if (document.activeElement?.closest("leptos-island")) {
    first({ target: document.activeElement });
  }
}
