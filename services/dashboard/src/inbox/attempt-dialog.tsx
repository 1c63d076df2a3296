import { Radio, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { newIdempotencyKey } from '../api/idempotency-key.js';
import type { AttemptMade } from '../api/shapes.js';
import { VerdictDialog, type VerdictDialogProps } from './verdict-dialog.js';

export const CHANNELS: Record<AttemptMade['channel'], string> = {
  phone: 'Phone',
  email: 'E-mail',
  meeting: 'Meeting',
  social: 'Social',
  other: 'Other',
};
export const OUTCOMES: Record<AttemptMade['outcome'], string> = {
  reached: 'Reached',
  'no-answer': 'No answer',
  'left-message': 'Left a message',
  'call-back': 'Asked to call back',
  'wrong-contact': 'Wrong contact',
};

const options = (labels: Record<string, string>): ReactNode => (
  <Group gap="md" mt="xs">
    {Object.entries(labels).map(([value, label]) => (
      <Radio key={value} value={value} label={label} />
    ))}
  </Group>
);

/** An attempt to reach the lead; the first one stops the first-touch clock. */
export const AttemptDialog = ({ handoff: _, who, onDecide, ...frame }: VerdictDialogProps): ReactNode => {
  const [channel, setChannel] = useState<AttemptMade['channel']>('phone');
  // The dialog is one attempt, however often it is submitted.
  const [key] = useState(newIdempotencyKey);
  const [outcome, setOutcome] = useState<AttemptMade['outcome'] | null>(null);
  return (
    <VerdictDialog
      {...frame}
      title={`An attempt to reach ${who}`}
      action="Log the attempt"
      ready={outcome !== null}
      onSubmit={() => outcome && onDecide({ what: 'attempt', attempt: { channel, outcome }, key })}
    >
      <Radio.Group label="How?" value={channel} onChange={setChannel}>
        {options(CHANNELS)}
      </Radio.Group>
      <Radio.Group label="What came of it?" value={outcome} onChange={setOutcome} required>
        {options(OUTCOMES)}
      </Radio.Group>
    </VerdictDialog>
  );
};
