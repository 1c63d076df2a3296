import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Shows } from './shows.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('the reports that a tab shows', () => {
  it('are told once after all changes of a page', () => {
    const shows = new Shows();
    const told: (readonly string[])[] = [];
    const end = shows.follow((names) => told.push(names));
    const takeBack = [shows.add('sla'), shows.add('funnel:24:channel'), shows.add('sla')];
    jest.runAllTimers();
    expect(told).toEqual([[], ['sla', 'funnel:24:channel']]);
    takeBack[0]!();
    jest.runAllTimers();
    expect(shows.names).toContain('sla');
    takeBack[2]!();
    shows.add('funnel:168:channel');
    jest.runAllTimers();
    expect(told.at(-1)).toEqual(['funnel:24:channel', 'funnel:168:channel']);
    end();
    shows.add('sla');
    jest.runAllTimers();
    expect(told).toHaveLength(4);
  });

  it('are fetched only as long as the stream does not bring them', () => {
    const shows = new Shows();
    shows.add('sla');
    shows.add('funnel:24:channel');
    expect(shows.notBrought(0)).toEqual(['sla', 'funnel:24:channel']);
    shows.brought('sla', 1_000);
    expect(shows.notBrought(16_000)).toEqual(['funnel:24:channel']);
    expect(shows.notBrought(60_000)).toEqual(['sla', 'funnel:24:channel']);
  });
});
