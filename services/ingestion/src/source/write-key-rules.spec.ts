import { describe, expect, it } from '@jest/globals';
import { isInForce, keyOfForm, refusalOfKey, refusalOfKind, type KeyRules } from './write-key-rules.js';

const at = new Date('2026-01-05T12:00:00Z');
const earlier = new Date('2026-01-05T11:59:59Z');
const later = new Date('2026-01-05T12:00:01Z');
const page = { origin: 'https://www.engines.example' };
const sender = { sourceId: 'website', page, at };

const keyOf = (rules: Partial<KeyRules> = {}): KeyRules => ({
  id: 'k-1',
  prefix: 'wk_abc123',
  endsAt: null,
  origins: [],
  kinds: [],
  ...rules,
});

describe('a write key', () => {
  it.each([
    [null, true],
    [later, true],
    [at, false],
    [earlier, false],
  ])('that ends %j is in force: %j', (endsAt, inForce) => {
    expect(isInForce({ endsAt }, at)).toBe(inForce);
  });

  it('lets anybody in without restrictions', () => {
    for (const each of [page, 'hidden', 'none'] as const)
      expect(refusalOfKey(keyOf(), { ...sender, page: each })).toBeUndefined();
  });

  it.each([
    [
      { origin: 'https://evil.example' },
      /does not take messages from https:\/\/evil\.example.*add this origin/,
    ],
    ['hidden', /the browser hides which one/],
    ['none', /names no page.*Servers need a key without/],
  ] as const)('with origins refuses %j, and says what to change where', (each, detail) => {
    const refusal = refusalOfKey(keyOf({ origins: ['https://a.example'] }), { ...sender, page: each });
    expect(refusal?.code).toBe('forbidden');
    expect(refusal?.detail).toMatch(detail);
    expect(refusal?.detail).toMatch(/wk_abc123….*under Sources, "website", Write keys\.$/);
  });

  it('that has ended is no valid login, wherever it is sent from', () => {
    const refusal = refusalOfKey(keyOf({ endsAt: at, origins: ['https://a.example'] }), sender);
    expect(refusal).toMatchObject({ code: 'unauthenticated', detail: expect.stringContaining('has ended') });
  });

  it.each([
    [[], 'page', true],
    [['page', 'track'], 'page', true],
    [['page', 'track'], 'identify', false],
    [['form'], 'track', false],
  ] as const)('of the kinds %j takes %s: %j', (kinds, kind, takes) => {
    expect(refusalOfKind(keyOf({ kinds }), kind, 'website') === undefined).toBe(takes);
  });
});

describe('a form', () => {
  const ended = keyOf({ id: 'ended', endsAt: earlier });
  const server = keyOf({ id: 'server', kinds: ['track'] });
  const elsewhere = keyOf({ id: 'elsewhere', origins: ['https://a.example'] });
  const here = keyOf({ id: 'here', origins: [page.origin], kinds: ['form', 'page'] });
  const open = keyOf({ id: 'open' });

  it.each([
    ['the newest key that does', [open, here], 'open'],
    ['the newest key that does', [here, open], 'here'],
    ['the one key that does', [ended, server, elsewhere, here], 'here'],
  ])('is let in by %s', (_, keys, id) => {
    expect(keyOfForm(keys, sender)).toEqual({ key: expect.objectContaining({ id }) });
  });

  it.each([
    ['its key has ended', [ended], /no write key in force that takes forms/],
    ['its source has no key', [], /no write key in force that takes forms/],
    ['its keys take other kinds', [ended, server], /no write key in force that takes forms/],
    ['its keys allow other pages', [ended, server, elsewhere], /does not take messages from https:\/\/www/],
  ])('is refused when %s', (_, keys, detail) => {
    expect(keyOfForm(keys, sender)).toEqual({
      refusal: { code: 'forbidden', detail: expect.stringMatching(detail) },
    });
  });
});
