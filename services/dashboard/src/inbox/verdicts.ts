import { useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import type { AttemptMade, Bant, Handoff, Rejection } from '../api/shapes.js';
import { handoffKey } from '../handoff/handoffs.js';

export type Verdict =
  | { what: 'accept' }
  | { what: 'reject'; rejection: Rejection }
  | { what: 'attempt'; attempt: AttemptMade; key: string }
  | { what: 'qualify'; bant: Bant }
  | { what: 'reassign'; sellerId: string | null }
  | { what: 'give-back' };

const send = (id: string, verdict: Verdict) => {
  const params = { path: { id } };
  switch (verdict.what) {
    case 'accept':
      return api.POST('/handoffs/{id}/accept', { params });
    case 'reject':
      return api.POST('/handoffs/{id}/reject', { params, body: verdict.rejection });
    case 'attempt':
      return api.POST('/handoffs/{id}/attempts', {
        params: { ...params, header: { 'idempotency-key': verdict.key } },
        body: verdict.attempt,
      });
    case 'qualify':
      return api.POST('/handoffs/{id}/qualify', { params, body: verdict.bant });
    case 'give-back':
      return api.POST('/handoffs/{id}/give-back', { params });
    case 'reassign':
      return api.POST('/handoffs/{id}/reassign', {
        params,
        body: verdict.sellerId === null ? {} : { sellerId: verdict.sellerId },
      });
  }
};

const STATE_AFTER = {
  accept: 'accepted',
  reject: 'rejected',
  attempt: 'accepted',
  qualify: 'qualified',
  reassign: 'offered',
  'give-back': 'offered',
} as const;

/**
 * Sends a seller's verdict with an optimistic update of the hand-off; when the server refuses, the update is reverted and the
 * hand-off is fetched again.
 */
export const useVerdict = (handoff: Handoff) => {
  const client = useQueryClient();
  const key = handoffKey(handoff.id);
  return useMutation({
    mutationKey: ['verdict', handoff.id],
    mutationFn: (verdict: Verdict) => bodyOf(send(handoff.id, verdict)),
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
