import createClient from 'openapi-fetch';
import type { Paths } from './paths.js';
import { problemOf, UNREACHABLE } from './problem.js';
import { noteServerTime } from '../time/now.js';

/** The API behind the gateway; the session is its cookie. */
export const api = createClient<Paths>({ baseUrl: '/api', credentials: 'same-origin' });

api.use({
  onResponse: ({ response }) => noteServerTime(response.headers.get('date')),
});

interface Called<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** The body of a call's answer; throws a `Problem` for everything that is not a success. */
export const answer = async <Body>(call: Promise<Called<Body>>): Promise<Body> => {
  let called: Called<Body>;
  try {
    called = await call;
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    throw UNREACHABLE;
  }
  if (!called.response.ok) throw problemOf(called.response.status, called.error);
  return called.data as Body;
};
