// Writes the results page, word for word and class for class as the hub's. What stands around every page (head,
// header, help, footer) is the same text there and here.

import { readFileSync } from 'node:fs';

import { HITS_A_PAGE } from './search.js';

const [head, foot] = ['head.html', 'foot.html'].map((name) => readFileSync(`${process.env.FRAME}/${name}`, 'utf8'));
const [beforeTitle, afterTitle] = head.split('{{title}}');

// The groups of filters that the page shows: what each is called, its values and what these are called. Values of
// some groups stand in an order of their own; of others the most frequent come first.
const GROUPS = JSON.parse(readFileSync(`${process.env.FRAME}/groups.json`, 'utf8'));
const IN_ORDER = ['area', 'cost', 'day', 'time', 'wait'];
// A long group shows so many values before the rest is folded away.
const SHOWN = 8;
const NAMES = new Map(GROUPS.flatMap(({ kind, values }) => values.map(({ slug, name }) => [`${kind}=${slug}`, name])));
const MILES = [2, 5, 10, 20, 40];
const OLDEST = 25;
const OLDEST_OF_ALL = 32767;
const STAGES = [
  ['0-4', 'Under 5, before school'],
  ['5-11', 'Primary school, 5 to 11'],
  ['11-16', 'Secondary school, 11 to 16'],
  ['13-19', 'Teenager, 13 to 19'],
  ['16-25', 'Young adult, 16 to 25'],
];
const NO_FILTERS = ['q', 'postcode', 'sort', 'page'];
const DAYS = { mo: 'Monday', tu: 'Tuesday', we: 'Wednesday', th: 'Thursday', fr: 'Friday', sa: 'Saturday', su: 'Sunday' };
const WAYS = { 'at-home': 'at your home', telephone: 'by phone', online: 'online' };
const MOST_NAMED = 3;
const TODAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'Europe/London' });

export function resultsPage(query, results) {
  const { words, page } = results.asked;
  const last = lastPage(results);
  const where = page > 1 ? ` (page ${page} of ${last})` : '';
  const title = words ? `${words}: ${services(results.total)} found${where}` : 'Find services in the local offer';
  const band = `<div class="hub-search-band">${searchForm(query, results.asked)}</div>`;
  const search = words ? `<details class="hub-fold hub-search-again"><summary>Change your search: “${escape(words)}”</summary>${band}</details>` : band;
  return `${beforeTitle}${escape(title)}${afterTitle}<div class="govuk-width-container govuk-main-wrapper">\
<a href="#results" data-module="govuk-skip-link" class="govuk-skip-link">Skip to the results</a>\
<h1 class="govuk-heading-l hub-results-title">Find services in the local offer</h1>${search}\
<div class="hub-found">${filters(query, results)}<div>${found(query, results)}</div></div></div>${foot}`;
}

function found(query, results) {
  const { asked, total, hits } = results;
  const narrowed = chosen(query, asked);
  const place = asked.from
    ? `<p class="govuk-body hub-count">Distances are from ${escape(asked.postcode)}, in a straight line.</p>`
    : '';
  const ask = asked.words ? `/ask?words=${encodeURIComponent(asked.words)}` : '/ask';
  return `${onPaper(query, results, narrowed)}<h2 id="results" class="govuk-heading-m">${services(total)} found</h2>\
${chips(narrowed, asked)}${place}${orders(query, asked)}<ol class="hub-results">${hits.map((hit) => card(hit, asked, query)).join('')}</ol>\
${pages(query, results)}<p class="govuk-body hub-screen-only">Not what you need? \
<a href="${escape(ask)}" class="govuk-link">Ask us for help with this</a>. A person will reply.</p>`;
}

function onPaper(query, results, narrowed) {
  const { asked } = results;
  const lines = [
    asked.words && `Words: “${asked.words}”`,
    narrowed.length > 0 && `Looked for: ${narrowed.map(({ text }) => text).join('; ')}`,
    `Page ${asked.page} of ${lastPage(results)}`,
    `Sorted by: ${asked.words ? 'Best match' : asked.from ? 'Nearest' : 'Name'}`,
    `Printed on ${TODAY.format(new Date())}`,
    `On the web: ${process.env.SITE}${address(query)}`,
  ];
  const items = lines.filter(Boolean).map((line) => `<li>${escape(line)}</li>`);
  return `<ul class="hub-paper-only hub-printed-search">${items.join('')}</ul>`;
}

function orders(query, asked) {
  const all = [
    ['best', 'Best match', asked.words],
    ['nearest', 'Nearest', asked.from],
    ['name', 'Name', true],
  ].filter(([, , fits]) => fits);
  if (all.length < 2) return '';
  const items = all.map(([key, name], place) => {
    if (place === 0) return `<li><strong aria-current="true">${name}</strong></li>`;
    const sorted = new URLSearchParams(query);
    sorted.set('sort', key);
    return `<li><a href="${href(sorted)}" class="govuk-link"><span class="govuk-visually-hidden">Sort by </span>${name}</a></li>`;
  });
  return `<div class="hub-order"><p id="order">Sort by</p><ul aria-labelledby="order">${items.join('')}</ul></div>`;
}

function searchForm(query, { words, postcode }) {
  return `<form action="/local-offer" method="get" role="search" class="hub-search">\
<div class="govuk-form-group hub-search__words"><label class="govuk-label" for="q">What do you need help with?</label>\
<leptos-island data-component="SearchBox_13562054116899589758" data-props="{&quot;value&quot;:&quot;${escape(words)}&quot;}">\
<div class="hub-suggest"><input id="q" name="q" type="text" value="${escape(words)}" autocomplete="off" maxlength="200" class="govuk-input">\
<div id="q-offers" hidden class="hub-suggest__list"></div><div aria-live="polite" class="govuk-visually-hidden"></div></div></leptos-island></div>\
<div class="govuk-form-group"><label for="postcode" class="govuk-label">Postcode (if you like)</label>\
<input id="postcode" name="postcode" type="text" value="${escape(postcode)}" autocomplete="postal-code" spellcheck="false" class="govuk-input"></div>\
${hidden(query, ['q', 'postcode'])}\
<button type="submit" data-module="govuk-button" data-prevent-double-click="true" class="govuk-button">Search</button></form>`;
}

function hidden(query, without) {
  return [...query]
    .filter(([name]) => !without.includes(name) && name !== 'page')
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
}

function filters(query, results) {
  const groups = GROUPS.map((group) => checkboxes(query, results, group)).join('');
  const kept = hidden(query, ['miles', 'age', ...GROUPS.map(({ kind }) => kind)]);
  const ticked = [...query].filter(([name]) => !NO_FILTERS.includes(name)).length;
  return `<details class="hub-filters"><summary>Filter these services${ticked > 0 ? ` (${ticked} chosen)` : ''}</summary>\
<form action="/local-offer" method="get" aria-label="Filters">${kept}\
${select('age', 'Age', '', '', ages(query.get('age') ?? ''))}\
${select('miles', 'How far away', '<div id="miles-hint" class="govuk-hint">For this we need a postcode.</div>', ' aria-describedby="miles-hint"', miles(query.get('miles') ?? ''))}\
${groups}\
<button type="submit" data-module="govuk-button" data-prevent-double-click="true" class="govuk-button govuk-button--secondary">Use these filters</button>\
</form></details>`;
}

function select(name, label, hint, described, options) {
  return `<div class="govuk-form-group"><label for="${name}" class="govuk-label">${label}</label>${hint}\
<select id="${name}" name="${name}"${described} class="govuk-select">${options}</select></div>`;
}

function option(value, text, current) {
  return `<option value="${value}"${String(value) === current ? ' selected' : ''}>${text}</option>`;
}

function ages(current) {
  const each = Array.from({ length: OLDEST + 1 }, (_, age) => option(age, age === 0 ? 'Under 1' : age, current));
  const stages = STAGES.map(([value, text]) => option(value, text, current));
  return option('', 'Any age', current) + stages.join('') + each.join('');
}

function miles(current) {
  return option('', 'Any distance', current) + MILES.map((far) => option(far, `Up to ${far} miles`, current)).join('');
}

function checkboxes(query, { counted }, { kind, legend, values }) {
  const ticked = query.getAll(kind);
  const shown = values
    .map(({ slug, name }) => ({ slug, name, count: counted.get(`${kind}=${slug}`) ?? 0 }))
    .filter(({ slug, count }) => count > 0 || ticked.includes(slug));
  if (!IN_ORDER.includes(kind)) shown.sort((one, two) => two.count - one.count);
  if (shown.length === 0) return '';
  const items = shown.map(({ slug, name, count }, place) => {
    const id = `${kind}-${place}`;
    const checked = ticked.includes(slug) ? ' checked' : '';
    return `<div class="govuk-checkboxes__item">\
<input id="${id}" name="${kind}" type="checkbox" value="${slug}"${checked} class="govuk-checkboxes__input">\
<label for="${id}" class="govuk-label govuk-checkboxes__label">${escape(name)} (${count})</label></div>`;
  });
  const [first, more] = [boxes(items.slice(0, SHOWN)), items.slice(SHOWN)];
  const rest =
    more.length > 0
      ? `<details class="hub-filter__more"><summary>${more.length} more<span class="govuk-visually-hidden">: ${escape(legend)}</span></summary>${boxes(more)}</details>`
      : '';
  return `<details${ticked.length > 0 ? ' open' : ''} class="hub-filter"><summary>${escape(legend)}</summary><fieldset class="govuk-fieldset">\
<legend class="govuk-visually-hidden">${escape(legend)}</legend>${first}${rest}</fieldset></details>`;
}

function boxes(items) {
  return `<div class="govuk-checkboxes govuk-checkboxes--small">${items.join('')}</div>`;
}

// What narrows the search, each with the same search without it.
function chosen(query, { from, postcode }) {
  const without = (left) => href(new URLSearchParams([...query].filter(([name, value]) => name !== 'page' && !left(name, value))));
  const all = [];
  if (from) {
    all.push({ text: `Near ${postcode}`, href: without((name) => name === 'postcode' || name === 'miles') });
    const far = query.get('miles');
    if (far) all.push({ text: `Up to ${far} miles away`, href: without((name) => name === 'miles') });
  }
  for (const [name, value] of query) {
    if (NO_FILTERS.includes(name) || name === 'miles') continue;
    all.push({ text: said(name, value), href: without((other, its) => other === name && its === value) });
  }
  return all;
}

function chips(narrowed, { words }) {
  if (narrowed.length === 0) return '';
  const items = narrowed.map(
    ({ text, href }) => `<li><a href="${href}"><span class="govuk-visually-hidden">Remove </span>${escape(text)}</a></li>`,
  );
  const none = href(new URLSearchParams(words ? { q: words } : {}));
  const all = narrowed.length > 1 ? `<li><a href="${none}" class="hub-chosen__all">Remove all</a></li>` : '';
  return `<div class="hub-looked-for"><p id="looked-for">We looked for:</p>\
<ul aria-labelledby="looked-for" class="hub-chosen">${items.join('')}${all}</ul></div>`;
}

function said(name, value) {
  if (name === 'age') return value.includes('-') ? `Ages ${value.replace('-', ' to ')}` : `Age ${value}`;
  return NAMES.get(`${name}=${value}`) ?? value;
}

function card(hit, asked, query) {
  const facts = [
    ['For', agesOf(hit.minimum_age, hit.maximum_age)],
    ['Cost', hit.cost],
    ['When', days(hit.days)],
    ['Where', where(hit)],
    ['How', ways(hit.ways)],
    ['Wait', wait(JSON.parse(hit.waits))],
  ];
  const told = facts
    .filter(([, value]) => value)
    .map(([what, value]) => `<div><dt>${what}</dt><dd>${escape(value)}</dd></div>`);
  const wide =
    asked.from && !hit.shown_places
      ? '<p class="hub-result__tags"><strong class="govuk-tag govuk-tag--grey">For the whole county</strong></p>'
      : '';
  return `<li class="hub-result"><h3 class="hub-result__name"><a href="/local-offer/${hit.slug}">${escape(hit.name)}</a></h3>\
<p class="hub-result__organization">${escape(hit.organization)}</p>${wide}<p>${escape(hit.summary)}</p>\
<dl class="hub-facts">${told.join('')}</dl>${listButton(hit, query)}</li>`;
}

function listButton({ slug, name }, query) {
  const id = `list-${slug}`;
  const from = new URLSearchParams(query);
  if (!from.has('page')) from.set('page', 1);
  return `<form method="post" action="/local-offer/my-list" class="hub-list-form" id="${id}">\
<input type="hidden" name="add" value="${slug}"><input type="hidden" name="from" value="${href(from)}#${id}">\
<button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button">Add to my list \
<span class="govuk-visually-hidden"> ${escape(name)}</span></button></form>`;
}

function days(codes) {
  if (!codes) return '';
  const given = codes.split(',');
  const all = Object.keys(DAYS);
  const names = given.map((code) => DAYS[code]);
  if (given.length === all.length) return 'Every day';
  const row = given.every((code, place) => place === 0 || all.indexOf(code) === all.indexOf(given[place - 1]) + 1);
  if (given.length > 2 && row) return `${names[0]} to ${names.at(-1)}`;
  const plural = names.map((name) => `${name}s`);
  return plural.length === 1 ? plural[0] : `${plural.slice(0, -1).join(', ')} and ${plural.at(-1)}`;
}

function where({ shown_places, nearest, miles }) {
  const places = shown_places.split('; ');
  if (nearest === null) return firstFew(places);
  const more = places.length - 1;
  const first = `${places[nearest]} – ${distance(miles)}`;
  if (more === 0) return first;
  return `${first}, and ${more} more place${more === 1 ? '' : 's'}`;
}

function firstFew(names) {
  const shown = names.slice(0, MOST_NAMED).join('; ');
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}

function ways(codes) {
  const names = codes
    .split(',')
    .map((code) => WAYS[code])
    .filter(Boolean)
    .join(', ');
  return names && names[0].toUpperCase() + names.slice(1);
}

function wait(waits) {
  if (waits.length === 0) return '';
  const weeks = waits.map(([, each]) => each);
  const [least, most] = [Math.min(...weeks), Math.max(...weeks)];
  if (waits.length > MOST_NAMED) return least === most ? about(most) : `About ${least} to ${most} weeks, by area`;
  return waits
    .map(([area, each], place) => `${place === 0 ? about(each) : each}${area ? ` in ${area}` : ''}`)
    .join(', ');
}

function about(weeks) {
  if (weeks === 0) return 'No wait';
  return weeks === 1 ? 'About 1 week' : `About ${weeks} weeks`;
}

function agesOf(youngest, oldest) {
  if (youngest === 0) return oldest === OLDEST_OF_ALL ? '' : `Up to age ${oldest}`;
  return `Ages ${youngest} to ${oldest}`;
}

function distance(far) {
  if (far < 1) return 'less than 1 mile away';
  return `${far.toFixed(far < 10 ? 1 : 0)} miles away`;
}

function lastPage({ total }) {
  return Math.max(Math.ceil(total / HITS_A_PAGE), 1);
}

function pages(query, results) {
  const [here, last] = [results.asked.page, lastPage(results)];
  if (last === 1) return '';
  const to = (page) => {
    const rest = new URLSearchParams(query);
    rest.set('page', page);
    return href(rest);
  };
  const steps = [];
  let before = 0;
  for (const page of new Set([1, here - 1, here, here + 1, last])) {
    if (page < 1 || page > last || page <= before) continue;
    if (page - before > 1) steps.push('<li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>');
    const current = page === here;
    steps.push(`<li class="govuk-pagination__item${current ? ' govuk-pagination__item--current' : ''}">\
<a class="govuk-link govuk-pagination__link" href="${current ? '#main-content' : to(page)}" aria-label="Page ${page}"${current ? ' aria-current="page"' : ''}>${page}</a></li>`);
    before = page;
  }
  const next = here < last ? arrow('next', 'Next', to(here + 1)) : '';
  const previous = here > 1 ? arrow('prev', 'Previous', to(here - 1)) : '';
  return `<nav class="govuk-pagination" aria-label="Results">${previous}<ul class="govuk-pagination__list">${steps.join('')}</ul>${next}</nav>`;
}

function arrow(rel, word, to) {
  const path =
    rel === 'next'
      ? 'm8.1 0-1.4 1.4L11 5.7H-2v2h12.9l-4.2 4 1.4 1.4 6.7-6.4z'
      : 'm6.6 0-6.7 6.7 6.7 6.4 1.4-1.4-4.2-4H16.7v-2H3.7L8 1.4z';
  const icon = `<svg class="govuk-pagination__icon govuk-pagination__icon--${rel}" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="${path}"></path></svg>`;
  const title = `<span class="govuk-pagination__link-title">${word}<span class="govuk-visually-hidden"> page</span></span>`;
  return `<div class="govuk-pagination__${rel}"><a class="govuk-link govuk-pagination__link" href="${to}" rel="${rel}">${rel === 'next' ? title + icon : icon + title}</a></div>`;
}

function address(query) {
  const text = query.toString().replaceAll('+', '%20');
  return text ? `/local-offer?${text}` : '/local-offer';
}

function href(query) {
  return escape(address(query));
}

function services(count) {
  return count === 1 ? '1 service' : `${count} services`;
}

const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text) {
  const whole = String(text);
  return /[&<>"]/.test(whole) ? whole.replace(/[&<>"]/g, (letter) => ESCAPED[letter]) : whole;
}
