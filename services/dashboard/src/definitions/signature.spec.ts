import { describe, expect, it } from '@jest/globals';
import type { Definition, Me } from '../api/shapes.js';
import { teamsToSignFor } from './signature.js';

const draft: Definition = {
  id: 'sla-policy-2',
  kind: 'sla-policy',
  version: 2,
  state: 'draft',
  document: {},
  note: null,
  basedOn: 'sla-policy-1',
  outdated: false,
  createdBy: 'Maya',
  createdAt: '2026-01-05T09:00:00.000Z',
  signedMarketing: null,
  signedSales: null,
  activeFrom: null,
};
const by = (byId: string) => ({ by: byId, byId, at: '2026-01-05T10:00:00.000Z', activeFrom: null });
const me = (role: Me['role'], id = 'me'): Me => ({ id, name: id, role });

describe('who may sign', () => {
  it.each([
    ['marketing', ['marketing']],
    ['manager', ['sales']],
    ['admin', ['marketing', 'sales']],
    ['seller', []],
  ] as const)('%s: %s', (role, teams) => {
    expect(teamsToSignFor(draft, me(role))).toEqual(teams);
  });

  it('nobody twice, and nobody for both teams', () => {
    const proposed: Definition = { ...draft, state: 'proposed', signedMarketing: by('maya') };
    expect(teamsToSignFor(proposed, me('marketing'))).toEqual([]);
    expect(teamsToSignFor(proposed, me('admin', 'maya'))).toEqual([]);
    expect(teamsToSignFor(proposed, me('admin'))).toEqual(['sales']);
  });

  it('nobody what is in force or was', () => {
    expect(teamsToSignFor({ ...draft, state: 'active' }, me('admin'))).toEqual([]);
    expect(teamsToSignFor({ ...draft, state: 'superseded' }, me('admin'))).toEqual([]);
  });
});
