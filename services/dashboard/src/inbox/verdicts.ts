import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { Bant, Rejection } from '../api/paths.js';
import type { Handoff } from '../api/shapes.js';
import { handoffKey } from './handoffs.js';

export type Verdict =
  | { what: 'accept' }
  | { what: 'reject'; rejection: Rejection }
  | { what: 'attempt'; channel: string; outcome: string }
  | { what: 'qualify'; bant: Bant };

const send = (id: string, verdict: Verdict) => {
  const params = { path: { id } };
  switch (verdict.what) {
    case 'accept':
      return api.POST('/handoffs/{id}/accept', { params, body: {} });
    case 'reject':
      return api.POST('/handoffs/{id}/reject', { params, body: verdict.rejection });
    case 'attempt':
      return api.POST('/handoffs/{id}/attempts', {
        params,
        body: { channel: verdict.channel, outcome: verdict.outcome },
      });
    case 'qualify':
      return api.POST('/handoffs/{id}/qualify', { params, body: verdict.bant });
  }
};

const STATE_AFTER = {
  accept: 'accepted',
  reject: 'rejected',
  attempt: 'accepted',
  qualify: 'qualified',
} as const;

/**
 * A seller's verdict. The hand-off shows it at once, marked as being saved; when the server refuses, it shows again what
 * is true, and why, with what the server knows by then.
 */
export const useVerdict = (handoff: Handoff) => {
  const client = useQueryClient();
  const key = handoffKey(handoff.id);
  return useMutation({
    mutationKey: ['verdict', handoff.id],
    mutationFn: (verdict: Verdict) => answer(send(handoff.id, verdict)),
    onMutate: async (verdict) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Handoff>(key) ?? handoff;
      client.setQueryData<Handoff>(key, { ...before, state: STATE_AFTER[verdict.what] });
      return { before };
    },
    onSuccess: (saved) => client.setQueryData(key, saved),
    onError: (_fault, _verdict, context) => client.setQueryData(key, context?.before),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['handoffs'] }),
        client.invalidateQueries({ queryKey: ['lead', handoff.leadId] }),
      ]),
  });
};
