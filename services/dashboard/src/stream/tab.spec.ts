import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BrowserTabs } from './browser-tabs.example.js';
import type { StreamEvent } from './event-parser.js';
import type { TabMessage } from './tab-message.js';
import {
  GRACE_MS,
  MAX_NEWEST,
  MAX_RESUME_AGE_MS,
  MAX_SILENT_TICKS,
  NEW_TAB,
  nextTab,
  type Tab,
  type TabEffect,
  type TabInput,
} from './tab.js';

const NOW = 1_000_000;
const event = (id: string, data = `of ${id}`): StreamEvent => ({ id, type: 'lead', data });
const figure = (id: string): StreamEvent => ({ id, type: 'funnel', data: '{}' });
const shown: Partial<Tab> = { hiddenAt: undefined, currentAt: NOW };
const waiting: Partial<Tab> = {
  ...shown,
  role: 'waiting',
  connection: 'live',
  lastId: '7',
  newest: [event('7')],
};
const leading: Partial<Tab> = { ...waiting, role: 'leading' };
const status = (lastId: string, connection: Tab['connection'] = 'live'): TabInput => ({
  type: 'message',
  message: { type: 'status', connection, lastId },
});
const message = (content: TabMessage): TabInput => ({ type: 'message', message: content });
const events = (after: string, ...list: StreamEvent[]) => message({ type: 'events', after, events: list });
const received = (...list: StreamEvent[]): TabInput => ({ type: 'received', events: list });
/** An effect in a word: what is posted, where the stream opens, which events are new. */
const wordOf = (effect: TabEffect): string => {
  if (effect.type === 'post') return `post ${effect.message.type}`;
  if (effect.type === 'open') return `open ${effect.lastId || 'newest'}`;
  if (effect.type === 'changed') return `changed ${effect.events.map(({ id }) => id).join()}`;
  return effect.type;
};

describe('a tab', () => {
  it.each<[string, Partial<Tab>, TabInput, Partial<Tab>, string[]]>([
    [
      'asks for the lock and a snapshot when it is shown',
      {},
      { type: 'shown' },
      { role: 'waiting' },
      ['lock', 'post hello'],
    ],
    ['asks only once', waiting, { type: 'shown' }, { role: 'waiting' }, []],
    [
      'begins with the newest events',
      { ...shown, role: 'waiting' },
      { type: 'locked' },
      { role: 'leading', connection: 'connecting' },
      ['open newest', 'post status'],
    ],
    [
      'takes over after the last event of the tab before it',
      waiting,
      { type: 'locked' },
      { role: 'leading', connection: 'connecting' },
      ['open 7', 'post status'],
    ],
    [
      'begins anew after a long rest, and fetches every figure then',
      { ...waiting, currentAt: NOW - MAX_RESUME_AGE_MS - 1 },
      { type: 'locked' },
      { role: 'leading', lastId: '', connection: 'reconnecting' },
      ['open newest', 'post status'],
    ],
    [
      'gives the lock back that it does not want any more',
      { ...waiting, role: 'resting', hiddenAt: 1 },
      { type: 'locked' },
      { role: 'resting' },
      ['unlock'],
    ],
    [
      'keeps the stream for a short time when it is hidden',
      { ...leading, hiddenAt: NOW - GRACE_MS + 1 },
      { type: 'tick' },
      { role: 'leading' },
      ['post status'],
    ],
    [
      'gives up the stream then',
      { ...leading, hiddenAt: NOW - GRACE_MS },
      { type: 'tick' },
      { role: 'resting' },
      ['close', 'unlock'],
    ],
    [
      'gives up its place in the queue then',
      { ...waiting, hiddenAt: NOW - GRACE_MS },
      { type: 'tick' },
      { role: 'resting' },
      ['unlock'],
    ],
    [
      'does not count how long it was hidden when it was shown between',
      { ...leading, hiddenAt: 1 },
      { type: 'shown' },
      { hiddenAt: undefined },
      [],
    ],
    [
      'asks again at the next tick when the lock was stolen',
      { ...leading, role: 'resting' },
      { type: 'tick' },
      { role: 'waiting' },
      ['lock', 'post hello'],
    ],
    [
      'closes the stream when the lock is stolen',
      leading,
      { type: 'lock-lost' },
      { role: 'resting' },
      ['close'],
    ],
    [
      'waits a while for a silent leader',
      { ...waiting, silentTicks: MAX_SILENT_TICKS - 2 },
      { type: 'tick' },
      { role: 'waiting' },
      [],
    ],
    [
      'takes the lock from a leader that stays silent',
      { ...waiting, silentTicks: MAX_SILENT_TICKS - 1 },
      { type: 'tick' },
      { silentTicks: 0 },
      ['steal-lock'],
    ],
    [
      'does not do so while it is hidden',
      { ...waiting, hiddenAt: NOW, silentTicks: 99 },
      { type: 'tick' },
      { role: 'waiting' },
      [],
    ],
    [
      'passes on what it receives',
      leading,
      received(event('8'), figure('8')),
      { lastId: '8' },
      ['post events', 'changed 8,8'],
    ],
    [
      'keeps its place when figures come before the first event',
      leading,
      received(figure('')),
      { lastId: '7' },
      ['post events', 'changed '],
    ],
    [
      'passes on, but does not take again, what it has had',
      leading,
      received(event('7a', 'of 7'), event('8')),
      { lastId: '8' },
      ['post events', 'changed 8'],
    ],
    ['ignores its stream after it gave it up', waiting, received(event('8')), { lastId: '7' }, []],
    [
      'ignores the state of that stream',
      waiting,
      { type: 'connection', connection: 'reconnecting' },
      { connection: 'live' },
      [],
    ],
    [
      'tells the others of its connection',
      leading,
      { type: 'connection', connection: 'too-many' },
      { connection: 'too-many' },
      ['post status'],
    ],
    [
      'fetches all when the connection is back',
      { ...leading, connection: 'reconnecting' },
      { type: 'connection', connection: 'live' },
      { connection: 'live' },
      ['post status', 'refetch'],
    ],
    ['answers a new tab', leading, message({ type: 'hello' }), {}, ['post snapshot']],
    ['leaves that to the leader', waiting, message({ type: 'hello' }), {}, []],
    ['does not follow another leader while it leads', leading, events('7', event('8')), { lastId: '7' }, []],
    [
      'follows',
      { ...waiting, silentTicks: 2 },
      events('7', event('8')),
      { lastId: '8', silentTicks: 0 },
      ['changed 8'],
    ],
    [
      'follows while it rests',
      { ...waiting, role: 'resting', hiddenAt: 1 },
      events('7', event('8')),
      { lastId: '8' },
      ['changed 8'],
    ],
    [
      'asks for a snapshot at a gap',
      waiting,
      events('8', event('9')),
      { lastId: '7', asked: true },
      ['post hello'],
    ],
    ['asks once', { ...waiting, asked: true }, events('9', event('10')), { lastId: '7' }, []],
    ['finds a gap by the status too', waiting, status('8'), { lastId: '7' }, ['post hello']],
    [
      'fetches all when the connection of the leader is back',
      { ...waiting, connection: 'too-many' },
      status('7'),
      { connection: 'live' },
      ['refetch'],
    ],
    [
      'is not current while the leader is not',
      { ...waiting, currentAt: 1 },
      status('7', 'reconnecting'),
      { currentAt: 1 },
      [],
    ],
    [
      'takes a snapshot',
      waiting,
      message({ type: 'snapshot', connection: 'live', lastId: '9', newest: [event('9')] }),
      { lastId: '9', newest: [event('9')] },
      ['refetch'],
    ],
    [
      'needs no snapshot when it missed nothing',
      waiting,
      message({ type: 'snapshot', connection: 'live', lastId: '7', newest: [event('7')] }),
      {},
      [],
    ],
    [
      'stops and forgets when another tab signs out',
      leading,
      message({ type: 'signed-out', end: 'logout' }),
      { role: 'ended', newest: [], lastId: '' },
      ['close', 'unlock', 'signed-out'],
    ],
    [
      'stops and tells the others when the session ended',
      leading,
      { type: 'signed-out', end: 'ended' },
      { role: 'ended', newest: [], lastId: '' },
      ['close', 'unlock', 'post signed-out'],
    ],
    ['does nothing after the end', { ...leading, role: 'ended' }, { type: 'shown' }, { role: 'ended' }, []],
  ])('%s', (_, before, input, after, effects) => {
    const step = nextTab({ ...NEW_TAB, ...before }, input, NOW);
    expect(step.tab).toMatchObject(after);
    expect(step.effects.map(wordOf)).toEqual(effects);
  });
});

type Command = readonly [kind: string, which: number];
const KINDS = [
  'open',
  'close',
  'hide',
  'show',
  'happen',
  'send',
  'deliver',
  'grant',
  'tick',
  'steal',
  'drop',
];
const commands = fc.array(fc.tuple(fc.constantFrom(...KINDS), fc.nat(20)), { maxLength: 120, size: 'max' });

const run = (browser: BrowserTabs, [kind, which]: Command): void => {
  const tab = browser.tabs[which % Math.max(1, browser.tabs.length)];
  if (kind === 'open' && browser.tabs.length < 12) browser.openTab();
  if (kind === 'happen') browser.happen();
  if (kind === 'send') browser.send(1 + (which % 3));
  if (kind === 'grant') browser.grant();
  if (kind === 'tick') browser.tick();
  if (!tab) return;
  if (kind === 'close') browser.closeTab(tab);
  if (kind === 'hide') browser.give(tab, { type: 'hidden' });
  if (kind === 'show') browser.show(tab);
  if (kind === 'deliver') browser.deliver(tab);
  // The browser suspended the tab: what was sent to it is gone.
  if (kind === 'drop') tab.inbox.splice(0);
  if (kind === 'steal' && tab.tab.role === 'waiting')
    for (let tick = 0; tick < MAX_SILENT_TICKS; tick += 1) browser.give(tab, { type: 'tick' });
};

describe('the tabs of a browser', () => {
  it('never have more than one stream', () => {
    fc.assert(
      fc.property(commands, (all) => {
        const browser = new BrowserTabs();
        for (const command of all) {
          run(browser, command);
          expect(browser.streams).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('all have every event in the end, whatever closes, hides, crashes or is suspended; without a shown tab there is no stream', () => {
    fc.assert(
      fc.property(commands, (all) => {
        const browser = new BrowserTabs();
        all.forEach((command) => run(browser, command));
        browser.settle();
        expect(browser.streams).toBe(browser.shown.length > 0 ? 1 : 0);
        for (const { tab, fetched } of browser.shown) {
          expect(fetched.size).toBe(browser.lastId);
          expect(Number(tab.lastId)).toBe(browser.lastId);
          expect(tab.newest.slice(-10).map(({ id }) => id)).toEqual(
            Array.from({ length: browser.lastId }, (_, index) => String(index + 1)).slice(-10),
          );
          expect(tab.newest.length).toBeLessThanOrEqual(MAX_NEWEST);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('all stop when one of them signs out, and none begins again', () => {
    fc.assert(
      fc.property(commands, commands, fc.nat(20), (before, after, which) => {
        const browser = new BrowserTabs();
        [...before, ['open', 0] as const].forEach((command) => run(browser, command));
        const known = [...browser.tabs];
        const first = known[which % known.length]!;
        browser.give(first, { type: 'signed-out', end: 'logout' });
        for (const tab of known) while (tab.inbox.length > 0) browser.deliver(tab);
        after.filter(([kind]) => kind !== 'open').forEach((command) => run(browser, command));
        browser.settle();
        expect(browser.streams).toBe(0);
        for (const tab of known) {
          expect(tab.tab).toMatchObject({ role: 'ended', newest: [], lastId: '' });
          expect(tab.signedOut).toBe(tab === first ? undefined : 'logout');
        }
      }),
      { numRuns: 200 },
    );
  });
});
