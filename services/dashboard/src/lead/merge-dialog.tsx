import { Radio, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { LeadSummary } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { FormDialog } from '../ui/form-dialog.js';
import { humanize } from '../ui/humanize.js';
import { Failure, Loaded } from '../ui/states.js';
import { useLeadSearch } from './leads.js';
import { useMergeLeads } from './merges.js';
import { nameOf } from './traits.js';

const MIN_TEXT = 2;

interface MergeDialogProps {
  lead: LeadSummary;
  /** Without one it is searched for. */
  other?: LeadSummary;
  onClose: () => void;
}

/** Merges another lead with this one; both sides are told before. */
export const MergeDialog = ({ lead, other, onClose }: MergeDialogProps): ReactNode => {
  const navigate = useNavigate();
  const merge = useMergeLeads(lead.id);
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text.trim(), 250);
  const [chosen, choose] = useState(other?.id ?? '');
  const submit = (): void =>
    merge.mutate(chosen, {
      onSuccess: (id) => {
        onClose();
        if (id !== lead.id) void navigate(`/leads/${id}`);
      },
    });
  return (
    <FormDialog
      title={`Merge ${nameOf(lead.traits)} with ${other ? nameOf(other.traits) : 'another lead'}`}
      action="Merge"
      ready={chosen !== ''}
      busy={merge.isPending}
      refusal={merge.error && <Failure fault={merge.error} />}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>
        Both become one: history, points and hand-offs. Of two open hand-offs one goes on. Undo gives both
        back.
      </p>
      <p>
        <strong>{nameOf(lead.traits)}</strong>: {sideOf(lead)}
      </p>
      {other ? (
        <p>
          <strong>{nameOf(other.traits)}</strong>: {sideOf(other)}
        </p>
      ) : (
        <TextInput
          label="The other lead"
          description="Its address, name or company"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            choose('');
          }}
          data-autofocus
        />
      )}
      {searched.length >= MIN_TEXT && (
        <Found text={searched} without={lead.id} chosen={chosen} onChoose={choose} />
      )}
    </FormDialog>
  );
};

interface FoundProps {
  text: string;
  without: string;
  chosen: string;
  onChoose: (id: string) => void;
}

const Found = ({ text, without, chosen, onChoose }: FoundProps): ReactNode => {
  const found = useLeadSearch({ text, limit: 10 });
  return (
    <Loaded query={found} lines={2}>
      {({ pages }) => {
        const leads = pages.flatMap(({ items }) => items).filter(({ id }) => id !== without);
        if (leads.length === 0) return <p role="status">No other lead is found by that.</p>;
        return (
          <Radio.Group label="Which one?" value={chosen} onChange={onChoose}>
            <Stack gap="sm" mt="sm">
              {leads.map((each) => (
                <Radio key={each.id} value={each.id} label={nameOf(each.traits)} description={sideOf(each)} />
              ))}
            </Stack>
          </Radio.Group>
        );
      }}
    </Loaded>
  );
};

const sideOf = ({ stage, score, owner, createdAt }: LeadSummary): string =>
  [
    humanize(stage),
    `${Math.round(score.points)} points`,
    owner ? `with ${owner.name}` : 'with nobody',
    `first seen ${formatDateTime(createdAt)}`,
  ].join(', ');
