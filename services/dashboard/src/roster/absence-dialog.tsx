import { Group, Select, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Absence, Seller } from '../api/shapes.js';
import { MAX_COUNTED, useOpenWork } from '../handoff/handoffs.js';
import { serverNow } from '../time/now.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure, Loaded } from '../ui/states.js';
import { absenceAt, absenceOf, daysOf, withAbsence } from './absence.js';
import { MovedClocks } from './moved-clocks.js';
import { previewAbsences, useChangeAbsences } from './roster.js';
import { dayAt } from './zoned-day.js';

interface AbsenceDialogProps {
  seller: Seller;
  /** The one that is changed; undefined: a new one. */
  absence: Absence | undefined;
  /** In which the days are. */
  timeZone: string;
  /** Who can be the deputy. */
  sellers: readonly Seller[];
  onClose: () => void;
}

/** Adds or changes an absence of whole days. */
export const AbsenceDialog = ({
  seller,
  absence: before,
  timeZone,
  sellers,
  onClose,
}: AbsenceDialogProps): ReactNode => {
  const change = useChangeAbsences(seller.id);
  const [days, setDays] = useState(() => {
    const today = dayAt(serverNow(), timeZone);
    return before ? daysOf(before, timeZone) : { first: today, last: today, deputyId: '' };
  });
  const after = absenceOf(days, timeZone, before);
  const isOutOfOrder = days.first !== '' && days.last !== '' && after === undefined;
  const deputies = sellers
    .filter(({ id }) => id !== seller.id)
    .map(({ id, name, team }) => ({ value: id, label: `${name}, team ${team}` }));
  return (
    <FormDialog
      title={`${before ? 'Change the absence' : 'Absence'} of ${seller.name}`}
      action="Save"
      ready={after !== undefined}
      busy={change.isPending}
      refusal={change.error ? <Failure fault={change.error} /> : null}
      onClose={onClose}
      onSubmit={() =>
        change.mutate((absences) => withAbsence(absences, before, after), { onSuccess: onClose })
      }
    >
      <Group gap="sm" grow align="flex-start">
        <TextInput
          type="date"
          label="First day"
          required
          withAsterisk={false}
          data-autofocus
          value={days.first}
          onChange={(event) => setDays({ ...days, first: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="Last day"
          required
          withAsterisk={false}
          value={days.last}
          error={isOutOfOrder ? 'Not before the first day' : undefined}
          onChange={(event) => setDays({ ...days, last: event.currentTarget.value })}
        />
      </Group>
      <Text size="sm" c="dimmed">
        Whole days in {timeZone}, where {seller.name} works.
      </Text>
      <Select
        label="Deputy"
        description="Gets what was not accepted yet. Without one, the next seller in turn does."
        placeholder="Next in turn"
        clearable
        searchable
        data={deputies}
        value={days.deputyId || null}
        onChange={(deputyId) => setDays({ ...days, deputyId: deputyId ?? '' })}
      />
      {after && <Effect seller={seller} after={after} />}
      <MovedClocks
        key={JSON.stringify(after)}
        ask={(change: Absence) =>
          previewAbsences(seller.id, (absences) => withAbsence(absences, before, change))
        }
        change={after}
      />
    </FormDialog>
  );
};

/** What the absence does to what the seller has open now. */
const Effect = ({ seller, after }: { seller: Seller; after: Absence }): ReactNode => {
  const work = useOpenWork(seller.id);
  const beginsNow = absenceAt([after], serverNow()) !== undefined;
  return (
    <Loaded query={work} lines={2}>
      {({ offered, accepted }) => (
        <Text size="sm" role="status">
          {beginsNow ? 'When you save, ' : 'When it begins, '}
          offers without a decision go to somebody else ({shown(offered)} now). Leads in work stay (
          {shown(accepted)} now); running clocks leave the absence out.
        </Text>
      )}
    </Loaded>
  );
};

const shown = (count: number): string => (count < MAX_COUNTED ? String(count) : `${MAX_COUNTED}+`);
