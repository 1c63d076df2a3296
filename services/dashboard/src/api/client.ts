import createClient from 'openapi-fetch';
import type { Paths } from './paths.js';
import { problemOf, UNREACHABLE } from './problem.js';
import { syncServerClock } from '../time/now.js';

/** The API of the gateway, authenticated by the session cookie. */
export const api = createClient<Paths>({ baseUrl: '/api', credentials: 'same-origin' });

api.use({
  onResponse: ({ response }) => syncServerClock(response.headers.get('date')),
});

interface CallResult<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** The body of a response. @throws Problem for every response that is not a success */
export const bodyOf = async <Body>(call: Promise<CallResult<Body>>): Promise<Body> => {
  let result: CallResult<Body>;
  try {
    result = await call;
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    throw UNREACHABLE;
  }
  if (!result.response.ok) throw problemOf(result.response.status, result.error);
  return result.data as Body;
};
