import { describe, expect, it } from '@jest/globals';
import { consentText, endpointText, formIdIn, programOf, robotText, statusOf } from './request-text.js';
import { programText } from '../ui/program-text.js';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

describe('a request in words', () => {
  it.each([
    [{ status: 200, refused: 0, flagged: 0 }, 'Accepted', 'good'],
    [{ status: 303, refused: 0, flagged: 0 }, 'Accepted', 'good'],
    [{ status: 200, refused: 1, flagged: 0 }, 'Accepted in part', 'warn'],
    [{ status: 200, refused: 1, flagged: 1 }, 'Accepted in part', 'warn'],
    [{ status: 200, refused: 0, flagged: 1 }, 'Accepted as a robot’s', 'warn'],
    [{ status: 400, refused: 0, flagged: 0 }, 'Refused', 'bad'],
    [{ status: 413, refused: 0, flagged: 0 }, 'Refused: too large', 'bad'],
    [{ status: 429, refused: 0, flagged: 0 }, 'Refused: too many at once', 'bad'],
    [{ status: 503, refused: 0, flagged: 0 }, 'Failed here; its sender tries again', 'bad'],
  ])('%j', (request, text, tone) => {
    expect(statusOf({ ...request, entries: [{ notes: [] }] })).toEqual({ text, tone });
  });

  it('is accepted with a remark when there is one', () => {
    const request = { status: 200, refused: 0, flagged: 0, entries: [{}, { notes: ['not understood'] }] };
    expect(statusOf(request)).toEqual({ text: 'Accepted with a remark', tone: 'warn' });
    expect(statusOf({ ...request, refused: 1 }).text).toBe('Accepted in part');
  });

  it.each([
    ['/f/ask-us', 'Form ask-us', 'ask-us'],
    ['/v1/batch', 'Batch', undefined],
    ['/beacon/v1/batch', 'Batch', undefined],
    ['/v1/p', 'Page view', undefined],
    ['/v1/constructor', '/v1/constructor', undefined],
    ['', '', undefined],
  ])('its endpoint %s', (endpoint, text, formId) => {
    expect(endpointText(endpoint)).toBe(text);
    expect(formIdIn(endpoint)).toBe(formId);
  });

  it.each([
    [null, 'no user agent', undefined],
    [' ', 'no user agent', undefined],
    [CHROME, 'Chrome', undefined],
    [`${CHROME} Edg/147.0.0.0`, 'Edge', undefined],
    [GOOGLEBOT, 'Googlebot', undefined],
    ['Mozilla/5.0 (Macintosh) Gecko/20100101 Firefox/140.0', 'Firefox', undefined],
    ['AcmeBot/2.1', 'AcmeBot/2.1', 'acmebot'],
    ['acme-relay (https://acme.example)', 'acme-relay', 'acme-relay'],
    ['x', 'x', undefined],
  ])('its program %s', (userAgent, text, program) => {
    expect(programText(userAgent)).toBe(text);
    expect(programOf(userAgent)).toBe(program);
  });

  it.each([
    ['honeypot', /do not see/],
    ['prefetch', /ahead of a visit/],
    ['program', /AcmeBot\/2\.1, is known/],
    ['browser', /names a browser/],
    [undefined, /looks like/],
  ] as const)('why it is a robot’s: %s', (robot, text) => {
    expect(robotText(robot, 'AcmeBot/2.1')).toMatch(text);
  });

  it.each([
    [true, 'Agreed'],
    [false, 'Refused'],
    [undefined, 'Not said'],
  ])('consent %s', (consent, text) => {
    expect(consentText(consent)).toBe(text);
  });
});
