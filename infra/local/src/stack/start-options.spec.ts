import { describe, expect, it } from '@jest/globals';
import { startOptionsOf } from './start-options.js';

describe('startOptionsOf', () => {
  const output: string[] = [];
  const options = (...args: string[]): ReturnType<typeof startOptionsOf> =>
    startOptionsOf(args, '/repository/.baton', (text) => output.push(text));

  it('defaults to the demo in the default folder on free ports', () => {
    expect(options()).toEqual({ home: '/repository/.baton', demo: true, brokers: 1 });
  });

  it('takes another folder, fixed ports and no demo', () => {
    expect(options('--no-demo', '--home', '/data/baton', '--port-base', '9000', '--brokers', '3')).toEqual({
      home: '/data/baton',
      demo: false,
      portBase: 9000,
      brokers: 3,
    });
  });

  it('makes a relative folder absolute', () => {
    expect(options('--home', 'other').home).toBe(`${process.cwd()}/other`);
  });

  it.each([
    ['--port-base', 'x'],
    ['--port-base', '80'],
    ['--port-base', '65535'],
    ['--brokers', '2'],
    ['--home'],
    ['--nodemo'],
    ['now'],
  ])('rejects %s %s with an error message', (...args) => {
    output.length = 0;
    expect(() => options(...args.filter(Boolean))).toThrow();
    expect(output.join('')).toMatch(/^error: /);
  });
});
