import type { HostileRequest } from './hostile-requests.js';
import type { RawAnswer } from './raw-request.js';

/** What is wrong with the answer to a hostile request; undefined when it is as it has to be. */
export const unexpectedIn = (
  { place }: Pick<HostileRequest, 'place'>,
  { status, contentType, body }: RawAnswer,
): string | undefined => {
  if (status >= 500) return `answered ${status}: ${body.slice(0, 300)}`;
  if (status < 400) return undefined;
  if (!contentType.startsWith('application/problem+json'))
    return `answered ${status} as '${contentType}': ${body.slice(0, 300)}`;
  const problem = parsed(body);
  if (problem?.status !== status) return `answered ${status} with no problem document: ${body.slice(0, 300)}`;
  const namesPlace = (status === 400 || status === 422) && place !== 'header' && place !== 'http';
  if (namesPlace && typeof problem.errors?.[0]?.pointer !== 'string')
    return `answered ${status} without errors[].pointer: ${body.slice(0, 300)}`;
  return undefined;
};

const parsed = (body: string): { status?: number; errors?: readonly { pointer?: unknown }[] } | undefined => {
  try {
    return JSON.parse(body) as object;
  } catch {
    return undefined;
  }
};
