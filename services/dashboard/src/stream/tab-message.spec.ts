import { describe, expect, it } from '@jest/globals';
import { envelopeOf, messageFor } from './tab-message.js';

describe('a message between tabs', () => {
  it('is read by the tabs of its user', () => {
    expect(messageFor('ada', envelopeOf('ada', { type: 'hello' }))).toEqual({ type: 'hello' });
  });

  it.each<[string, unknown]>([
    ['of another user', envelopeOf('grace', { type: 'hello' })],
    ['of nobody', { message: { type: 'hello' } }],
    ['of another program', 'hello'],
    ['that is empty', null],
  ])('%s is not', (_, envelope) => {
    expect(messageFor('ada', envelope)).toBeUndefined();
  });
});
