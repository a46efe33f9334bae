// Writes the results page, word for word and class for class as the hub's. What stands around every page (head,
// header, help, footer) is the same text there and here.

import { readFileSync } from 'node:fs';

import { HITS_A_PAGE } from './search.js';

const [head, foot] = ['head.html', 'foot.html'].map((name) => readFileSync(`${process.env.FRAME}/${name}`, 'utf8'));
const [beforeTitle, afterTitle] = head.split('{{title}}');

// The groups of filters that the page shows: what each is called, its values and what these are called. Values of
// some groups stand in an order of their own; of others the most frequent come first.
const GROUPS = JSON.parse(readFileSync(`${process.env.FRAME}/groups.json`, 'utf8'));
const IN_ORDER = ['cost', 'day', 'time', 'wait'];
const NAMES = new Map(GROUPS.flatMap(({ kind, values }) => values.map(({ slug, name }) => [`${kind}=${slug}`, name])));
const MILES = [2, 5, 10, 20, 40];
const OLDEST = 25;
const OLDEST_OF_ALL = 32767;

export function resultsPage(query, results) {
  const { words } = results.asked;
  const title = words ? `${words}: ${services(results.total)} found` : 'Find services in the local offer';
  return `${beforeTitle}${escape(title)}${afterTitle}<div class="govuk-width-container govuk-main-wrapper">\
<h1 class="govuk-heading-l">Find services in the local offer</h1>\
<div class="hub-search-band">${searchForm(query, results.asked)}</div>\
<div class="hub-found">${filters(query, results)}<div>${found(query, results)}</div></div></div>${foot}`;
}

function found(query, results) {
  const { asked, total, hits } = results;
  const order = asked.words ? 'Best match first.' : 'Nearest first.';
  const place = asked.from
    ? `<p class="govuk-body hub-count">Distances are from ${escape(asked.postcode)}, in a straight line. ${order}</p>`
    : '';
  return `<h2 class="govuk-heading-m">${services(total)} found</h2>${chosen(query)}${place}\
<ol class="hub-results">${hits.map((hit) => card(hit, query)).join('')}</ol>${pages(query, results)}\
<p class="govuk-body">Not what you need? <a class="govuk-link" href="/ask">Ask us a question</a>. A person will reply.</p>`;
}

function searchForm(query, { words, postcode }) {
  return `<form action="/local-offer" method="get" role="search" class="hub-search">\
<div class="govuk-form-group hub-search__words"><label class="govuk-label" for="q">What do you need help with?</label>\
<leptos-island data-component="SearchBox_13562054116899589758" data-props="{&quot;value&quot;:&quot;${escape(words)}&quot;}">\
<input id="q" name="q" type="text" value="${escape(words)}" list="q-names" autocomplete="off" maxlength="200" class="govuk-input">\
<datalist id="q-names"></datalist></leptos-island></div>\
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
  return `<details class="hub-filters"><summary>Filter these services</summary>\
<form action="/local-offer" method="get" aria-label="Filters">${kept}\
${select('age', 'Age', '', '', ages(query.get('age') ?? ''))}\
${select('miles', 'How far away', '<div id="miles-hint" class="govuk-hint">You need to give a postcode.</div>', ' aria-describedby="miles-hint"', miles(query.get('miles') ?? ''))}\
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
  return option('', 'Any age', current) + each.join('');
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
  const items = shown.map(({ slug, name, count }, place) => {
    const id = place === 0 ? kind : `${kind}-${place + 1}`;
    const checked = ticked.includes(slug) ? ' checked' : '';
    return `<div class="govuk-checkboxes__item">\
<input id="${id}" name="${kind}" type="checkbox" value="${slug}"${checked} class="govuk-checkboxes__input">\
<label for="${id}" class="govuk-label govuk-checkboxes__label">${escape(name)} (${count})</label></div>`;
  });
  if (items.length === 0) return '';
  return `<div class="govuk-form-group"><fieldset class="govuk-fieldset">\
<legend class="govuk-fieldset__legend">${escape(legend)}</legend>\
<div class="govuk-checkboxes govuk-checkboxes--small">${items.join('')}</div></fieldset></div>`;
}

function chosen(query) {
  const items = [...query]
    .filter(([name]) => name !== 'q' && name !== 'page')
    .map(([name, value]) => {
      const rest = new URLSearchParams([...query].filter(([other, its]) => other !== name || its !== value));
      rest.delete('page');
      return `<li><a href="${href(rest)}"><span class="govuk-visually-hidden">Remove this filter: </span>${escape(said(name, value))}</a></li>`;
    });
  return items.length === 0 ? '' : `<ul class="hub-chosen">${items.join('')}</ul>`;
}

function said(name, value) {
  if (name === 'age') return `Age ${value}`;
  if (name === 'miles') return `Up to ${value} miles`;
  if (name === 'postcode') return `Near ${value}`;
  return NAMES.get(`${name}=${value}`) ?? value;
}

function card(hit, query) {
  const facts = [
    ['For', agesOf(hit.minimum_age, hit.maximum_age)],
    ['Cost', hit.cost],
    ['Distance', hit.miles === null ? '' : distance(hit.miles)],
    ['Where', hit.shown_places],
  ];
  const told = facts
    .filter(([, value]) => value)
    .map(([what, value]) => `<div><dt>${what}</dt><dd>${escape(value)}</dd></div>`);
  return `<li class="hub-result"><h3 class="hub-result__name"><a href="/local-offer/${hit.slug}">${escape(hit.name)}</a></h3>\
<p class="hub-result__organization">${escape(hit.organization)}</p><p>${escape(hit.summary)}</p>\
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

function agesOf(youngest, oldest) {
  if (youngest === 0) return oldest === OLDEST_OF_ALL ? '' : `Up to age ${oldest}`;
  return `Ages ${youngest} to ${oldest}`;
}

function distance(far) {
  if (far < 1) return 'Less than 1 mile away';
  return `${far.toFixed(far < 10 ? 1 : 0)} miles away`;
}

function pages(query, { total, asked }) {
  const [here, last] = [asked.page, Math.max(Math.ceil(total / HITS_A_PAGE), 1)];
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

function href(query) {
  const text = query.toString().replaceAll('+', '%20');
  return escape(text ? `/local-offer?${text}` : '/local-offer');
}

function services(count) {
  return count === 1 ? '1 service' : `${count} services`;
}

const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text) {
  const whole = String(text);
  return /[&<>"]/.test(whole) ? whole.replace(/[&<>"]/g, (letter) => ESCAPED[letter]) : whole;
}
