import { expect, it } from '@jest/globals';
import { isOpenRoute } from './open-routes.js';

it.each([
  ['/api/verdict-link', true],
  ['/api/verdict-link/', true],
  ['/api/verdict-link/*', true],
  ['/api/slack/*', true],
  ['/api/verdict-links', false],
  ['/api/handoffs/*', false],
  ['/api/notices/*', false],
  [undefined, false],
])('the route %s is open to callers without a user: %s', (url, open) => {
  expect(isOpenRoute(url)).toBe(open);
});
