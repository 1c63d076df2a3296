import type { StreamEvent } from './event-parser.js';
import type { TabMessage } from './tab-message.js';
import { MAX_NEWEST, NEW_TAB, nextTab, TICK_MS, type Tab, type TabEffect, type TabInput } from './tab.js';

/** What one tab did, beside its state. */
export interface SimulatedTab {
  tab: Tab;
  /** Messages that have not been delivered. */
  readonly inbox: TabMessage[];
  /** Id of the last event its own stream has sent; undefined without a stream. */
  streamAt: number | undefined;
  /** Numbers of the events whose figures it has fetched, by the event or by a fetch of all. */
  fetched: Set<number>;
  signedOut: string | undefined;
}

/** A browser with tabs of one user, its lock and channel, and the server: events have the ids 1, 2, 3 … */
export class BrowserTabs {
  now = 1_000_000;
  readonly tabs: SimulatedTab[] = [];
  /** The lock's holder and queue. */
  private queue: SimulatedTab[] = [];
  private events: StreamEvent[] = [];

  get streams(): number {
    return this.tabs.filter(({ streamAt }) => streamAt !== undefined).length;
  }

  get lastId(): number {
    return this.events.length;
  }

  get shown(): SimulatedTab[] {
    return this.tabs.filter(({ tab }) => tab.hiddenAt === undefined);
  }

  openTab(): SimulatedTab {
    const opened: SimulatedTab = {
      tab: NEW_TAB,
      inbox: [],
      streamAt: undefined,
      // Its figures are fetched when it opens.
      fetched: new Set(this.events.map((_, index) => index + 1)),
      signedOut: undefined,
    };
    this.tabs.push(opened);
    this.give(opened, { type: 'shown' });
    return opened;
  }

  /** Closes or crashes: nothing is said to anybody. */
  closeTab(closed: SimulatedTab): void {
    this.tabs.splice(this.tabs.indexOf(closed), 1);
    this.unlock(closed);
  }

  /** Steals the lock without the holder's knowledge, as after a suspension. */
  give(to: SimulatedTab, input: TabInput): void {
    const { tab, effects } = nextTab(to.tab, input, this.now);
    to.tab = tab;
    effects.forEach((effect) => this.carryOut(to, effect));
  }

  /** The figures of the shown tabs are fetched when they are shown. */
  show(tab: SimulatedTab): void {
    for (let id = 1; id <= this.lastId; id += 1) tab.fetched.add(id);
    this.give(tab, { type: 'shown' });
  }

  happen(): void {
    const id = String(this.lastId + 1);
    this.events.push({ id, type: 'lead', data: `event ${id}` });
  }

  /** The stream of each tab sends the next of its events, at most `count`. */
  send(count: number): void {
    for (const each of this.tabs.filter(({ streamAt }) => streamAt !== undefined)) {
      const events = this.events.slice(each.streamAt, each.streamAt! + count);
      each.streamAt! += events.length;
      if (events.length > 0) this.give(each, { type: 'received', events });
    }
  }

  /** Delivers the oldest message of a tab. */
  deliver(to: SimulatedTab): void {
    const message = to.inbox.shift();
    if (message) this.give(to, { type: 'message', message });
  }

  tick(): void {
    this.now += TICK_MS;
    for (const each of [...this.tabs]) this.give(each, { type: 'tick' });
  }

  /** Grants the lock to the first in the queue. */
  grant(): void {
    const [first] = this.queue;
    if (first?.tab.role === 'waiting') this.give(first, { type: 'locked' });
  }

  /** Until nothing is under way. */
  settle(): void {
    for (let round = 0; round < 8; round += 1) {
      this.tick();
      this.grant();
      this.send(1_000);
      while (this.tabs.some(({ inbox }) => inbox.length > 0)) {
        for (const each of this.tabs) this.deliver(each);
        this.send(1_000);
      }
    }
  }

  private carryOut(of: SimulatedTab, effect: TabEffect): void {
    if (effect.type === 'lock') this.queue.push(of);
    if (effect.type === 'steal-lock') {
      const [holder] = this.queue;
      this.queue = [of, ...this.queue.filter((each) => each !== of && each !== holder)];
      if (holder && holder !== of) this.give(holder, { type: 'lock-lost' });
    }
    if (effect.type === 'unlock') this.unlock(of);
    if (effect.type === 'open') {
      of.streamAt = effect.lastId ? Number(effect.lastId) : Math.max(0, this.lastId - MAX_NEWEST);
      this.give(of, { type: 'connection', connection: 'live' });
    }
    if (effect.type === 'close') of.streamAt = undefined;
    if (effect.type === 'post')
      for (const other of this.tabs) if (other !== of) other.inbox.push(effect.message);
    if (effect.type === 'changed') effect.events.forEach(({ id }) => of.fetched.add(Number(id)));
    if (effect.type === 'refetch') for (let id = 1; id <= this.lastId; id += 1) of.fetched.add(id);
    if (effect.type === 'signed-out') of.signedOut = effect.end;
  }

  private unlock(of: SimulatedTab): void {
    this.queue = this.queue.filter((each) => each !== of);
  }
}
