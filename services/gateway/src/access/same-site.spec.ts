import { expect, it } from '@jest/globals';
import { isSameSite } from './same-site.js';

const host = 'baton.example';

it.each([
  ['GET', { host, origin: 'https://evil.example' }, true],
  ['POST', { host }, true],
  ['POST', { host, origin: 'https://baton.example' }, true],
  ['POST', { host, origin: 'https://evil.example' }, false],
  ['POST', { host, origin: 'null' }, false],
  ['PUT', { host, 'sec-fetch-site': 'cross-site' }, false],
  ['POST', { host, 'sec-fetch-site': 'same-site' }, false],
  ['POST', { host, 'sec-fetch-site': 'same-origin' }, true],
])('%s with %j: %s', (method, headers, allowed) => {
  expect(isSameSite(method, headers)).toBe(allowed);
});
