import { Radio, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { RejectReason } from '../api/shapes.js';
import { Loaded } from '../ui/states.js';
import { serverNow } from '../time/now.js';
import { useRejectReasons } from '../handoff/handoffs.js';
import classes from './reject-dialog.module.css';
import { VerdictDialog, type VerdictDialogProps } from './verdict-dialog.js';

const DAY = 86_400_000;
const TEACHES: Record<string, string> = {
  fit: 'teaches fit',
  engagement: 'teaches engagement',
  'data-quality': 'teaches data quality',
  timing: 'teaches timing',
  nothing: 'teaches nothing',
};

/** A rejection with its reason, and the input that the reason requires; after the acceptance fewer reasons apply. */
export const RejectDialog = ({ handoff, who, onDecide, ...frame }: VerdictDialogProps): ReactNode => {
  const reasons = useRejectReasons(handoff.id, true);
  const [code, setCode] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [wake, setWake] = useState('');
  const isAccepted = handoff.state === 'accepted';
  const reason = reasons.data?.find((each) => each.code === code);
  const ready =
    reason !== undefined &&
    (reason.needs !== 'note' || note.trim() !== '') &&
    (reason.needs !== 'wakeAt' || wake !== '');
  const submit = (): void => {
    if (!reason) return;
    onDecide({
      what: 'reject',
      rejection: {
        reason: reason.code,
        ...(note.trim() && { note: note.trim() }),
        ...(reason.needs === 'wakeAt' && { wakeAt: new Date(`${wake}T00:00:00`).toISOString() }),
      },
    });
  };
  return (
    <VerdictDialog
      {...frame}
      size="lg"
      title={`${isAccepted ? 'Send back' : 'Reject'} ${who}`}
      action={isAccepted ? 'Send back' : 'Reject'}
      ready={ready}
      onSubmit={submit}
    >
      <Loaded query={reasons}>
        {(list) => (
          <Radio.Group
            label="Why?"
            description="Marketing learns from it."
            value={code}
            onChange={setCode}
            required
          >
            <div className={classes.reasons}>
              {list
                .filter(({ afterAcceptance }) => !isAccepted || afterAcceptance)
                .map((each) => (
                  <Radio
                    key={each.code}
                    value={each.code}
                    label={each.label}
                    description={consequenceOf(each)}
                  />
                ))}
            </div>
          </Radio.Group>
        )}
      </Loaded>
      {reason?.needs === 'wakeAt' && (
        <TextInput
          type="date"
          label="When may we look at them again?"
          required
          min={dateOf(serverNow() + DAY)}
          value={wake}
          onChange={(event) => setWake(event.currentTarget.value)}
        />
      )}
      {reason && (
        <Textarea
          label="Note"
          description={reason.needs === 'note' ? undefined : 'If there is more to say.'}
          required={reason.needs === 'note'}
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {reason?.outcome === 'disqualified' && (
        <Text size="sm" c="dimmed">
          The lead will not be offered again.
        </Text>
      )}
    </VerdictDialog>
  );
};

const consequenceOf = ({ outcome, teaches }: RejectReason): string =>
  `${outcome === 'recycled' ? 'Back to marketing' : 'Never again'}, ${TEACHES[teaches] ?? `teaches ${teaches}`}`;

/** `YYYY-MM-DD` in the local time zone, as date fields need it. */
const dateOf = (ms: number): string => {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
