import { csvOf } from '@baton/platform';
import type { FastifyInstance } from 'fastify';
import { ROWS_OF } from './report-rows.js';

/** Answers of reports as CSV when `format=csv` is asked: the same figures, after the same checks and from the same snapshot. */
export const exportAsCsv = (instance: FastifyInstance): void => {
  instance.addHook('preSerialization', (request, reply, payload, done) => {
    const { url = '' } = request.routeOptions;
    const rowsOf = ROWS_OF[url];
    const { format } = request.query as { format?: unknown };
    if (!rowsOf || format !== 'csv' || reply.statusCode !== 200) return done(null, payload);
    // `/reports/attribution/kept/:id` is attribution-kept.
    const name = url
      .replace('/reports/', '')
      .replace(/\/:\w+/g, '')
      .replaceAll('/', '-');
    void reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="baton-${name}.csv"`)
      .serializer((csv) => csv as string);
    done(null, csvOf(rowsOf(payload)));
  });
};
