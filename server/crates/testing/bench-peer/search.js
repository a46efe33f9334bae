// Asks PostgreSQL, in one prepared statement a page: hits, total and the counts of every group of filters. A search
// that finds nothing is asked again with its words mended.

import { readFileSync } from 'node:fs';
import pg from 'pg';

export const HITS_A_PAGE = Number(process.env.HITS_A_PAGE);
const MILES_A_DEGREE = 69;
const EARTH = 3958.7613;
const SHOWN =
  'l.slug, l.name, l.organization, l.summary, l.cost, l.shown_places, l.days, l.ways, l.waits, s.minimum_age, s.maximum_age';

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
  for (const line of csv.trim().split('\n').slice(1)) {
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
  let [near, tables, rank, closeness] = ['', 'sieve s', '0::real', 'NULL::float8'];
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
  // Which place of a hit is nearest, and how far, is asked for the hits alone.
  let [ofHit, shownPlace] = ['', 'NULL::int AS nearest, NULL::float8 AS miles'];
  if (from) {
    ofHit = `LEFT JOIN LATERAL (SELECT number, ${closenessTo(from, bind)} AS closeness FROM place
      WHERE listing = b.id ORDER BY closeness DESC LIMIT 1) n ON TRUE`;
    shownPlace = `n.number AS nearest, ${EARTH} * acos(least(1, n.closeness)) AS miles`;
  }
  if (from && (miles || !words)) {
    near = nearest(from, miles, bind);
    closeness = 'n.closeness';
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
  else if (from) order = 'closeness DESC NULLS LAST, name, id';
  const text = `
    WITH ${near} base AS MATERIALIZED (
      SELECT id, name, facets, failed, closeness, ${rank} AS rank FROM (
        SELECT s.id, s.name, s.facets${words && ', l.words'}, ${closeness} AS closeness, ${failed.join(' + ') || '0'} AS failed
        FROM ${tables} ${conditions.length ? `WHERE ${conditions.join(' AND ')}` : ''} OFFSET 0) fitting
      WHERE failed IN (${atMostOne}))
    SELECT (SELECT count(*) FROM base WHERE failed = 0) AS total,
      (SELECT json_agg(shown) FROM (
        SELECT ${SHOWN}, ${shownPlace} FROM (
          SELECT id, row_number() OVER (ORDER BY ${order}) AS place FROM base WHERE failed = 0
          ORDER BY ${order} LIMIT ${HITS_A_PAGE} OFFSET ${bind((page - 1) * HITS_A_PAGE)}::int) b
        JOIN listing l USING (id) JOIN sieve s USING (id) ${ofHit} ORDER BY b.place) shown) AS hits,
      counted.numbers, counted.counts
    FROM (SELECT array_agg(value) AS numbers, array_agg(n) AS counts FROM (
      SELECT value, count(*) AS n FROM base, unnest(facets) AS value
      WHERE failed = 0${groups.map(({ own }) => own).join('')} GROUP BY value) AS each) AS counted`;
  return { text, values };
}

// The cosine of the angle between two points of the unit sphere: the greater, the nearer.
function closenessTo({ latitude, longitude }, bind) {
  const [north, east] = [latitude, longitude].map((degrees) => (degrees * Math.PI) / 180);
  const point = [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
  const [x, y, z] = point.map((value) => `${bind(value)}::float8`);
  return `(x * ${x} + y * ${y} + z * ${z})`;
}

// A bounding box in an index, then the angle; without a radius, every place's.
function nearest(from, miles, bind) {
  const closeness = closenessTo(from, bind);
  if (!miles) return `near AS (SELECT listing, max(${closeness}) AS closeness FROM place GROUP BY listing),`;
  const { latitude, longitude } = from;
  const [north, east] = [bind(latitude), bind(longitude)].map((bound) => `${bound}::float8`);
  const high = miles / MILES_A_DEGREE;
  const wide = high / Math.cos(((Math.abs(latitude) + high) * Math.PI) / 180);
  const [up, across, least] = [high, wide, Math.cos(miles / EARTH)].map((value) => `${bind(value)}::float8`);
  return `near AS (SELECT listing, max(closeness) AS closeness FROM (
    SELECT listing, ${closeness} AS closeness FROM place
    WHERE spot <@ box(point(${east} - ${across}, ${north} - ${up}), point(${east} + ${across}, ${north} + ${up}))) boxed
    WHERE closeness >= ${least} GROUP BY listing),`;
}
