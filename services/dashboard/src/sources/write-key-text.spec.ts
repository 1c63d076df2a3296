import { describe, expect, it } from '@jest/globals';
import type { WriteKey } from '../api/shapes.js';
import { endOfDay, isLastForForms, keyStateOf, originsIn, restrictionsText } from './write-key-text.js';

const now = Date.parse('2026-01-05T12:00:00Z');
const key = (id: string, changes: Partial<WriteKey> = {}): WriteKey => ({
  id,
  name: id,
  prefix: 'wk_abc123',
  createdAt: '2026-01-01T00:00:00Z',
  lastUsedAt: null,
  endsAt: null,
  replacedBy: null,
  origins: [],
  kinds: [],
  ...changes,
});
const ENDED = '2026-01-03T12:00:00Z';

describe('the state of a write key', () => {
  it.each([
    [null, null, 'valid', 'Valid'],
    ['2026-01-12T12:00:00Z', null, 'ending', 'Ends next week'],
    ['2026-01-08T12:00:00Z', 'k-2', 'ending', 'Replaced, ends in 3 days'],
    [ENDED, null, 'ended', 'Ended 2 days ago'],
    [ENDED, 'k-2', 'ended', 'Replaced, ended 2 days ago'],
    ['2026-01-05T12:00:00Z', null, 'ended', 'Ended just now'],
  ])('that ends %j, replaced by %j, is %s: %s', (endsAt, replacedBy, state, text) => {
    expect(keyStateOf({ endsAt, replacedBy }, now)).toEqual({ state, text });
  });
});

describe('what a write key lets in', () => {
  it.each([
    [[], [], 'Takes everything from any page and server'],
    [
      ['https://a.example', 'https://*.b.example'],
      ['form', 'page'],
      'Takes forms, page views from https://a.example, https://*.b.example',
    ],
  ] as const)('%j, %j', (origins, kinds, text) => {
    expect(restrictionsText({ origins: [...origins], kinds: [...kinds] })).toBe(text);
  });
});

describe('the forms of a source', () => {
  const form = key('form', { kinds: ['form'] });
  const track = key('track', { kinds: ['track'] });
  const all = key('all');
  const old = key('old', { endsAt: ENDED });
  it.each([
    [form, [form], true],
    [all, [all, track, old], true],
    [all, [all, form], false],
    [track, [track], false],
    [old, [old], false],
  ])('%j of %j is the last key that takes them: %j', (each, keys, isLast) => {
    expect(isLastForForms(each, keys, now)).toBe(isLast);
  });
});

describe('origins that people type', () => {
  it.each([
    ['', []],
    ['https://www.engines.example/shop?x=1', ['https://www.engines.example']],
    ['www.engines.example, WWW.engines.example', ['https://www.engines.example']],
    [
      'https://*.engines.example\nhttp://localhost:3000/',
      ['https://*.engines.example', 'http://localhost:3000'],
    ],
    ['bücher.example', ['https://xn--bcher-kva.example']],
    ['https://*.Bücher.example:443/x', ['https://*.xn--bcher-kva.example']],
    ['https://*.com', ['https://*.com']],
    ['ftp://a.example', ['ftp://a.example']],
    ['https://', ['https://']],
  ])('%j are %j', (text, origins) => {
    expect(originsIn(text)).toEqual(origins);
  });
});

describe('the end of a day', () => {
  it.each(['', 'soon', '2026-13-01'])('of %j is none', (day) => {
    expect(endOfDay(day)).toBeUndefined();
  });

  it('is its last millisecond in the local time zone', () => {
    expect(new Date(endOfDay('2026-01-05')!).getTime()).toBe(new Date(2026, 0, 6).getTime() - 1);
  });
});
