import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { corsOf, preflightOf } from './cors.js';

const PAGE = 'https://www.engines.example';
const DEFAULT = /^authorization, content-type, /;
const allowed = (requested?: string) => preflightOf(PAGE, requested)['access-control-allow-headers'];

describe('CORS headers', () => {
  it("allow the page's origin with credentials, as sendBeacon needs", () => {
    expect(corsOf(PAGE)).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    });
    expect(corsOf('null')['access-control-allow-origin']).toBe('null');
  });

  it.each([undefined, '', 'https://a.example\u007f', 'https://é.example', `https://${'x'.repeat(300)}`])(
    'allow any origin without credentials for the origin %j',
    (origin) => {
      expect(corsOf(origin)['access-control-allow-origin']).toBe('*');
      expect(corsOf(origin)).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it('let the page read the headers of a rate limit', () => {
    expect(corsOf(PAGE)['access-control-expose-headers']).toBe('ratelimit, ratelimit-policy, retry-after');
  });
});

describe('a preflight', () => {
  it.each([
    'authorization,content-type',
    'baggage,sentry-trace,traceparent,tracestate',
    'x-datadog-origin,x-datadog-parent-id,x-datadog-sampling-priority,x-datadog-trace-id',
    'b3, x-b3-traceid, x-b3-spanid, x-b3-sampled, newrelic, request-id, elastic-apm-traceparent',
    'anonymousid,authorization,content-type,sentat',
    'constructor,__proto__,to-string,hasownproperty',
  ])('allows the headers it asks for: %s', (requested) => {
    expect(allowed(requested)).toBe(requested);
  });

  it.each([undefined, '', ',', 'a,,b', 'a b', 'a:b', 'a, "b"', 'ä', `x${',x'.repeat(2_000)}`])(
    'that asks for %j gets the usual headers',
    (requested) => {
      expect(allowed(requested)).toMatch(DEFAULT);
    },
  );

  it('depends on origin and requested headers, and allows reading settings, too', () => {
    expect(preflightOf(PAGE, 'baggage')).toMatchObject({
      vary: 'origin, access-control-request-headers',
      'access-control-allow-methods': 'GET, POST',
    });
  });

  it('of any content gives header values that can be sent, and never more than it asks for', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
    fc.assert(
      fc.property(text, text, (origin, requested) => {
        const headers = new Headers(preflightOf(origin, requested));
        const list = headers.get('access-control-allow-headers') ?? '';
        expect(list === requested || DEFAULT.test(list)).toBe(true);
      }),
    );
  });
});
