// The results page of the bench's peer: as many processes as the hub has threads, each with Express, compression
// and a pool of connections to PostgreSQL. `search.js` asks, `page.js` writes.
//
// In the environment: PORT (0 for any free one; it is printed), WORKERS, PGHOST, PGUSER, PGDATABASE, FRAME (a folder
// with head.html and foot.html, what stands around every page) and SECTORS (where postcodes are).

import cluster from 'node:cluster';
import { constants } from 'node:zlib';

import compression from 'compression';
import express from 'express';

import { resultsPage } from './page.js';
import { Search } from './search.js';

if (cluster.isPrimary) {
  const wanted = Number(process.env.WORKERS);
  let ready = 0;
  for (let worker = 0; worker < wanted; worker += 1) cluster.fork();
  cluster.on('message', (_worker, { port }) => {
    ready += 1;
    if (ready === wanted) console.log(port);
  });
  cluster.on('exit', () => process.exit(1));
  // The bench holds this open as long as it wants answers.
  process.stdin.on('end', () => process.exit(0)).resume();
} else {
  process.on('disconnect', () => process.exit(0));
  const search = await Search.open();
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', (text) => new URLSearchParams(text));
  // Brotli's level is 3, as the hub's.
  app.use(compression({ threshold: 0, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } } }));
  app.get('/local-offer', async (request, response) => {
    const results = await search.find(request.query);
    response.type('html').send(resultsPage(request.query, results));
  });
  const server = app.listen(Number(process.env.PORT), '127.0.0.1', () => {
    process.send({ port: server.address().port });
  });
}
