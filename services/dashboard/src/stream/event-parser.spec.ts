import { describe, expect, it } from '@jest/globals';
import { EventParser } from './event-parser.js';

describe('EventParser', () => {
  it('gives an event with its id and type once its empty line has come', () => {
    const parser = new EventParser();
    expect(parser.feed('id: 7\nevent: lead\nda')).toEqual([]);
    expect(parser.feed('ta: {"a":1}\n')).toEqual([]);
    expect(parser.feed('\n')).toEqual([{ id: '7', type: 'lead', data: '{"a":1}' }]);
  });

  it('gives the same events wherever the text is cut', () => {
    const text = ': hello\r\n\r\nid: 1\r\nevent: a\r\ndata: x\r\ndata: y\r\n\r\ndata:z\n\nevent: none\n\n';
    const whole = new EventParser().feed(text);
    expect(whole).toEqual([
      { id: '1', type: 'a', data: 'x\ny' },
      { id: '1', type: 'message', data: 'z' },
    ]);
    for (let cut = 0; cut <= text.length; cut += 1) {
      const parser = new EventParser();
      expect([...parser.feed(text.slice(0, cut)), ...parser.feed(text.slice(cut))]).toEqual(whole);
    }
  });

  it('gives nothing for a heartbeat', () => {
    expect(new EventParser().feed(': ping\n\n: ping\n\n')).toEqual([]);
  });
});
