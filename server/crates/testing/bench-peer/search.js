// Asks PostgreSQL, in one prepared statement a page: hits, total and the counts of every group of filters. A search
// that finds nothing is asked again with its words mended.

import { readFileSync } from 'node:fs';
import pg from 'pg';

export const HITS_A_PAGE = Number(process.env.HITS_A_PAGE);
const MILES_A_DEGREE = 69;
const SHOWN =
  'l.slug, l.name, l.organization, l.summary, l.cost, l.shown_places, s.minimum_age, s.maximum_age';

const MEND = `
  SELECT coalesce((SELECT word FROM word WHERE word = $1),
                  (SELECT word FROM word WHERE word % $1 ORDER BY similarity(word, $1) DESC, ndoc DESC LIMIT 1),
                  $1) AS word`;

export class Search {
  // Every process has connections of its own; what never changes is read once.
  static async open() {
    const pool = new pg.Pool({ max: 4 });
    // PostgreSQL ends with the bench.
    pool.on('error', () => process.exit(0));
    const { rows } = await pool.query('SELECT number, kind, slug FROM value');
    return new Search(pool, rows, sectors(readFileSync(process.env.SECTORS, 'utf8')));
  }

  constructor(pool, values, places) {
    this.pool = pool;
    this.places = places;
    this.byNumber = new Map(values.map(({ number, kind, slug }) => [number, `${kind}=${slug}`]));
    this.numbers = new Map(values.map(({ number, kind, slug }) => [`${kind}=${slug}`, number]));
  }

  async find(query) {
    const asked = this.read(query);
    let found = await this.ask(asked);
    if (found.total === 0 && asked.words !== '') {
      const words = await Promise.all(asked.words.split(/\s+/).map((word) => this.mend(word)));
      found = await this.ask({ ...asked, words: words.join(' ') });
    }
    return { ...found, asked };
  }

  read(query) {
    const postcode = (query.get('postcode') ?? '').trim();
    const ticks = new Map();
    for (const [kind, slug] of query) {
      const number = this.numbers.get(`${kind}=${slug}`);
      if (number !== undefined) ticks.set(kind, [...(ticks.get(kind) ?? []), number]);
    }
    return {
      words: (query.get('q') ?? '').trim(),
      postcode,
      from: this.places.get(postcode.replace(/\s/g, '').slice(0, -2).toUpperCase()),
      miles: Number(query.get('miles')) || undefined,
      age: query.has('age') ? Number(query.get('age')) : undefined,
      ticks: [...ticks].sort(),
      page: Math.max(Number(query.get('page')) || 1, 1),
    };
  }

  async mend(word) {
    const { rows } = await this.pool.query({ name: 'mend', text: MEND, values: [word] });
    return rows[0].word;
  }

  async ask(asked) {
    const { text, values } = statement(asked);
    const { rows } = await this.pool.query({ name: shape(asked), text, values });
    const { total, hits, numbers, counts } = rows[0];
    const counted = new Map();
    (numbers ?? []).forEach((number, place) => counted.set(this.byNumber.get(number), Number(counts[place])));
    return { total: Number(total), hits: hits ?? [], counted };
  }
}

function sectors(csv) {
  const places = new Map();
  for (const line of csv.split('\n').slice(1)) {
    const [name, latitude, longitude] = line.split(',');
    places.set(name.replace(' ', ''), { latitude: Number(latitude), longitude: Number(longitude) });
  }
  return places;
}

// Which statement a search needs: a connection prepares each once.
function shape({ words, from, miles, age, ticks }) {
  const ticked = ticks.map(([kind]) => kind);
  return [words && 'q', from && 'from', miles && 'miles', age !== undefined && 'age', ...ticked].join('.');
}

function statement({ words, from, miles, age, ticks, page }) {
  const values = [];
  const bind = (value) => `$${values.push(value)}`;
  const conditions = [];
  let [near, tables, rank, distance] = ['', 'sieve s', '0::real', 'NULL::float8'];
  if (words) {
    const query = `websearch_to_tsquery('english', ${bind(words)})`;
    tables = 'listing l JOIN sieve s USING (id)';
    conditions.push(`l.words @@ ${query}`);
    rank = `CASE WHEN failed = 0 THEN ts_rank(words, ${query}) END`;
  }
  if (age !== undefined) {
    const bound = bind(age);
    conditions.push(`s.minimum_age <= ${bound} AND s.maximum_age >= ${bound}`);
  }
  // With words and without a radius only the distances of the hits are needed.
  let [ofHit, shownDistance] = ['', 'b.miles'];
  if (from && words && !miles) {
    ofHit = `LEFT JOIN LATERAL (SELECT min(${distanceFrom(from, bind)}) AS miles FROM place WHERE listing = b.id) n ON TRUE`;
    shownDistance = 'n.miles';
  } else if (from) {
    [near, distance] = [nearest(from, miles, bind), 'n.miles'];
    tables += ' LEFT JOIN near n ON n.listing = s.id';
    if (miles) conditions.push('(s.placeless OR n.listing IS NOT NULL)');
  }
  // What fails one group alone is counted in that group: its own ticks do not narrow it.
  const groups = ticks.map(([, numbers], place) => {
    const first = Math.floor(numbers[0] / 100) * 100;
    const bit = 2 ** place;
    return { bit, bound: bind(numbers), own: ` OR (failed = ${bit} AND value BETWEEN ${first} AND ${first + 99})` };
  });
  const failed = groups.map(({ bit, bound }) => `CASE WHEN s.facets && ${bound}::int[] THEN 0 ELSE ${bit} END`);
  const atMostOne = [0, ...groups.map(({ bit }) => bit)].join(', ');
  let order = 'name, id';
  if (words) order = 'rank DESC, id';
  else if (from) order = 'miles NULLS LAST, name, id';
  const text = `
    WITH ${near} base AS MATERIALIZED (
      SELECT id, name, facets, failed, miles, ${rank} AS rank FROM (
        SELECT s.id, s.name, s.facets${words && ', l.words'}, ${distance} AS miles, ${failed.join(' + ') || '0'} AS failed
        FROM ${tables} ${conditions.length ? `WHERE ${conditions.join(' AND ')}` : ''} OFFSET 0) fitting
      WHERE failed IN (${atMostOne}))
    SELECT (SELECT count(*) FROM base WHERE failed = 0) AS total,
      (SELECT json_agg(shown) FROM (
        SELECT ${SHOWN}, ${shownDistance} FROM (
          SELECT id, miles, row_number() OVER (ORDER BY ${order}) AS place FROM base WHERE failed = 0
          ORDER BY ${order} LIMIT ${HITS_A_PAGE} OFFSET ${bind((page - 1) * HITS_A_PAGE)}::int) b
        JOIN listing l USING (id) JOIN sieve s USING (id) ${ofHit} ORDER BY b.place) shown) AS hits,
      counted.numbers, counted.counts
    FROM (SELECT array_agg(value) AS numbers, array_agg(n) AS counts FROM (
      SELECT value, count(*) AS n FROM base, unnest(facets) AS value
      WHERE failed = 0${groups.map(({ own }) => own).join('')} GROUP BY value) AS each) AS counted`;
  return { text, values };
}

// Haversine, in miles.
function distanceFrom({ latitude, longitude }, bind) {
  const [north, east] = [bind(latitude), bind(longitude)].map((bound) => `${bound}::float8`);
  return `2 * 3958.7613 * asin(least(1, sqrt(power(sin(radians(latitude - ${north}) / 2), 2)
    + cos(radians(${north})) * cos(radians(latitude)) * power(sin(radians(longitude - ${east}) / 2), 2))))`;
}

// A bounding box in an index, then haversine; without a radius, every place's distance.
function nearest(from, miles, bind) {
  const { latitude, longitude } = from;
  const distance = distanceFrom(from, bind);
  if (!miles) return `near AS (SELECT listing, min(${distance}) AS miles FROM place GROUP BY listing),`;
  const [north, east] = [bind(latitude), bind(longitude)].map((bound) => `${bound}::float8`);
  const high = miles / MILES_A_DEGREE;
  const wide = high / Math.cos(((Math.abs(latitude) + high) * Math.PI) / 180);
  const [up, across, most] = [bind(high), bind(wide), bind(miles)].map((bound) => `${bound}::float8`);
  return `near AS (SELECT listing, min(miles) AS miles FROM (
    SELECT listing, ${distance} AS miles FROM place
    WHERE spot <@ box(point(${east} - ${across}, ${north} - ${up}), point(${east} + ${across}, ${north} + ${up}))) boxed
    WHERE miles <= ${most} GROUP BY listing),`;
}
