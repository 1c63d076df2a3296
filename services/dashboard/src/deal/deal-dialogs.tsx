import { Select, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Deal, NewDeal } from '../api/shapes.js';
import { newIdempotencyKey } from '../api/idempotency-key.js';
import { FormDialog } from '../ui/form-dialog.js';
import { humanize } from '../ui/humanize.js';
import { Failure } from '../ui/states.js';
import { useChangeDeal, useOpenDeal, type DealChange } from './deals.js';
import { CHURN_REASONS, LOSS_REASONS, STAGES } from './stages.js';
import { typedValueOf, ValueFields, valueIn } from './value-fields.js';

export interface DealDialogProps {
  deal: Deal;
  who: string;
  onClose: () => void;
}

/** One key per opened dialog: sending it again after a lost answer counts once. */
const useDealForm = (deal: Deal, onClose: () => void) => {
  const change = useChangeDeal(deal);
  const [key, setKey] = useState(newIdempotencyKey);
  return {
    busy: change.isPending,
    refusal: change.error ? <Failure fault={change.error} /> : null,
    onClose,
    send: (sent: DealChange) =>
      change.mutate(
        { change: sent, key },
        { onSuccess: onClose, onError: () => setKey(newIdempotencyKey()) },
      ),
  };
};

export const WinDialog = ({ deal, who, onClose }: DealDialogProps): ReactNode => {
  const { send, ...form } = useDealForm(deal, onClose);
  const [typed, setTyped] = useState(typedValueOf(deal.value));
  const value = valueIn(typed);
  return (
    <FormDialog
      {...form}
      title={`Won: ${who}`}
      action="Win the deal"
      ready={value !== undefined}
      onSubmit={() => value && send({ what: 'win', value })}
    >
      <ValueFields value={typed} required onChange={setTyped} />
      <Text size="sm" c="dimmed">
        The lead becomes a customer. The decision is final.
      </Text>
    </FormDialog>
  );
};

export const LoseDialog = ({ deal, who, onClose }: DealDialogProps): ReactNode => {
  const { send, ...form } = useDealForm(deal, onClose);
  const [reason, setReason] = useState<string | null>(null);
  const [competitor, setCompetitor] = useState('');
  const lose = () =>
    reason && send({ what: 'lose', reason, ...(competitor.trim() && { competitor: competitor.trim() }) });
  return (
    <FormDialog
      {...form}
      danger
      title={`Lost: ${who}`}
      action="Lose the deal"
      ready={reason !== null}
      onSubmit={() => void lose()}
    >
      <Select
        label="Why?"
        description="Both teams learn from it."
        required
        data={LOSS_REASONS.map((value) => ({ value, label: humanize(value) }))}
        value={reason}
        onChange={setReason}
      />
      <TextInput
        label="To which competitor?"
        description="If there was one."
        maxLength={128}
        value={competitor}
        onChange={(event) => setCompetitor(event.currentTarget.value)}
      />
    </FormDialog>
  );
};

/** The value of an open deal or a customer, or of the new period of a customer. */
export const ValueDialog = ({
  deal,
  who,
  onClose,
  what,
}: DealDialogProps & { what: 'value' | 'renew' }): ReactNode => {
  const { send, ...form } = useDealForm(deal, onClose);
  const [typed, setTyped] = useState(typedValueOf(deal.value));
  const value = valueIn(typed);
  return (
    <FormDialog
      {...form}
      title={what === 'renew' ? `Renewed: ${who}` : `Value: ${who}`}
      action={what === 'renew' ? 'Renew' : 'Save'}
      ready={value !== undefined}
      onSubmit={() => value && send({ what, value })}
    >
      <ValueFields value={typed} required onChange={setTyped} />
      {deal.state === 'won' && (
        <Text size="sm" c="dimmed">
          A greater value than before counts as growth.
        </Text>
      )}
    </FormDialog>
  );
};

export const ChurnDialog = ({ deal, who, onClose }: DealDialogProps): ReactNode => {
  const { send, ...form } = useDealForm(deal, onClose);
  const [reason, setReason] = useState<string | null>(null);
  return (
    <FormDialog
      {...form}
      danger
      title={`${who} left`}
      action="The customer left"
      ready
      onSubmit={() => send({ what: 'churn', ...(reason && { reason }) })}
    >
      <Select
        label="Why?"
        clearable
        data={CHURN_REASONS.map((value) => ({ value, label: humanize(value) }))}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
};

interface OpenDealDialogProps {
  leadId: string;
  handoffId: string | undefined;
  who: string;
  onClose: () => void;
}

export const OpenDealDialog = ({ leadId, handoffId, who, onClose }: OpenDealDialogProps): ReactNode => {
  const open = useOpenDeal(leadId);
  const [key, setKey] = useState(newIdempotencyKey);
  const [stage, setStage] = useState<string>(STAGES[0]);
  const [typed, setTyped] = useState(typedValueOf(null));
  const value = valueIn(typed);
  const submit = () => {
    const deal: NewDeal = { ...(handoffId ? { handoffId } : { leadId }), stage, ...(value && { value }) };
    open.mutate({ deal, key }, { onSuccess: onClose, onError: () => setKey(newIdempotencyKey()) });
  };
  return (
    <FormDialog
      title={`A deal with ${who}`}
      action="Open the deal"
      ready={value !== undefined || typed.amount.trim() === ''}
      busy={open.isPending}
      refusal={open.error ? <Failure fault={open.error} /> : null}
      onClose={onClose}
      onSubmit={submit}
    >
      <Select
        label="Stage"
        allowDeselect={false}
        data={STAGES.map((each) => ({ value: each, label: humanize(each) }))}
        value={stage}
        onChange={(next) => next && setStage(next)}
      />
      <ValueFields value={typed} required={false} onChange={setTyped} />
    </FormDialog>
  );
};
