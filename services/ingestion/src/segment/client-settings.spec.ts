import { describe, expect, it } from '@jest/globals';
import { publicAddressOf, rudderSourceConfig, segmentSettings } from './client-settings.js';

const direct = { protocol: 'http', host: 'localhost:3001' };

describe('settings of a Segment client', () => {
  it('hold its write key, the address of the events and nothing to load', () => {
    expect(segmentSettings('wk_1', { protocol: 'https', host: 'in.example' })).toMatchObject({
      integrations: { 'Segment.io': { apiKey: 'wk_1', apiHost: 'in.example/v1', protocol: 'https' } },
      metrics: { sampleRate: 0 },
      remotePlugins: [],
    });
  });
});

describe('configuration of a RudderStack client', () => {
  it('is an enabled source without destinations', () => {
    expect(rudderSourceConfig('website', 'wk_1')).toMatchObject({
      source: { id: 'website', writeKey: 'wk_1', enabled: true, destinations: [] },
    });
  });
});

describe('the address of a client', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a direct request', {}, 'http://localhost:3001'],
    ['a proxy that ends TLS', { 'x-forwarded-proto': 'https' }, 'https://localhost:3001'],
    [
      'a proxy with a host of its own',
      { 'x-forwarded-proto': 'HTTPS', 'x-forwarded-host': 'in.example' },
      'https://in.example',
    ],
    [
      'two proxies',
      { 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'in.example, inner' },
      'https://in.example',
    ],
    ['an unusable scheme', { 'x-forwarded-proto': 'javascript' }, 'http://localhost:3001'],
    ['empty headers', { 'x-forwarded-proto': '', 'x-forwarded-host': ' ,a' }, 'http://localhost:3001'],
    ['headers sent twice', { 'x-forwarded-host': ['a', 'b'] }, 'http://localhost:3001'],
  ])('of %s', (_what, headers, address) => {
    const { protocol, host } = publicAddressOf(headers, direct);
    expect(`${protocol}://${host}`).toBe(address);
  });
});
