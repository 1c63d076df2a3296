import { describe, expect, it } from '@jest/globals';
import { optionsIn } from './start-options.js';

describe('optionsIn', () => {
  const said: string[] = [];
  const options = (...args: string[]): ReturnType<typeof optionsIn> =>
    optionsIn(args, '/repository/.baton', (text) => said.push(text));

  it('starts the demo in the usual folder on free ports when nothing is said', () => {
    expect(options()).toEqual({ home: '/repository/.baton', demo: true });
  });

  it('takes another folder, fixed ports and no demo', () => {
    expect(options('--no-demo', '--home', '/data/baton', '--port-base', '9000')).toEqual({
      home: '/data/baton',
      demo: false,
      portBase: 9000,
    });
  });

  it('makes a relative folder absolute', () => {
    expect(options('--home', 'other').home).toBe(`${process.cwd()}/other`);
  });

  it.each([
    ['--port-base', 'x'],
    ['--port-base', '80'],
    ['--port-base', '65535'],
    ['--home'],
    ['--nodemo'],
    ['now'],
  ])('refuses %s %s and says so', (...args) => {
    said.length = 0;
    expect(() => options(...args.filter(Boolean))).toThrow();
    expect(said.join('')).toMatch(/^error: /);
  });
});
