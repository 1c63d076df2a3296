import { describe, expect, it } from '@jest/globals';
import { letterIn, readerIn } from './reading-services.js';

describe('an id of a dead letter', () => {
  it('names its service and the number there', () => {
    expect(letterIn('scoring-17')).toEqual({ service: 'scoring', number: '17' });
  });

  it.each(['17', 'scoring-', 'scoring-0', 'gateway-1', 'scoring-1/..', 'scoring-1 ', 'constructor-1'])(
    'is not %j',
    (id) => expect(letterIn(id)).toBeUndefined(),
  );
});

describe('the name of a reader', () => {
  it('is service/reader, or a service for all of its readers', () => {
    expect(readerIn('scoring/leads')).toEqual({ service: 'scoring', reader: 'leads' });
    expect(readerIn('reporting')).toEqual({ service: 'reporting' });
  });

  it.each(['leads', 'scoring/', 'scoring/a/b', 'scoring/..', 'gateway/x'])('is not %j', (name) =>
    expect(readerIn(name)).toBeUndefined(),
  );
});
