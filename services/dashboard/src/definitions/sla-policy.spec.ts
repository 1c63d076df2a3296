import { describe, expect, it } from '@jest/globals';
import { newReason } from './sla-policy.js';

describe('a new reason to reject', () => {
  it('has a code and a label of its own', () => {
    const first = newReason([]);
    expect(first).toMatchObject({ code: 'reason-1', label: 'Reason 1' });
    const second = newReason([first]);
    expect(second.code).toBe('reason-2');
    expect(newReason([second]).code).toBe('reason-3');
    expect(newReason([{ ...first, label: 'Reason 2' }]).code).toBe('reason-3');
  });
});
