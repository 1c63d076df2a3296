import { expect, it } from '@jest/globals';
import { clientAddressOf } from './client-address.js';

it.each([
  [0, '6.6.6.6', '10.0.0.1'],
  [1, '6.6.6.6, 203.0.113.9', '203.0.113.9'],
  [2, '6.6.6.6, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
  [1, undefined, '10.0.0.1'],
])('behind %s proxies, forwarded for %s: %s', (proxies, forwarded, address) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  expect(clientAddressOf({ ip: '10.0.0.1', headers }, proxies)).toBe(address);
});
