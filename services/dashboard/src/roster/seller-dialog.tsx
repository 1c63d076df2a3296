import { Checkbox, Group, NativeSelect, NumberInput, TagsInput, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Seller, SellerSettings } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { calendarOf, useChangeSeller, type Roster } from './roster.js';
import { hoursInWords } from './working-hours.js';

const MAX_LIMIT = 100_000;

/** What the dialog changes; absences have a dialog of their own, names and shares are on the users page. */
type Changed = Required<
  Pick<
    SellerSettings,
    'available' | 'maxOpen' | 'maxPerDay' | 'calendarId' | 'skills' | 'languages' | 'territories'
  >
>;

const changedOf = (seller: Seller): Changed => {
  const { available, maxOpen, maxPerDay, calendarId, skills, languages, territories } = seller;
  return { available, maxOpen, maxPerDay, calendarId, skills, languages, territories };
};

interface SellerDialogProps {
  seller: Seller;
  roster: Roster;
  onClose: () => void;
}

/** Changes when a seller works, how much they get and what for. */
export const SellerDialog = ({ seller, roster, onClose }: SellerDialogProps): ReactNode => {
  const change = useChangeSeller(seller.id);
  const [form, setForm] = useState(() => changedOf(seller));
  const set = (changed: Partial<Changed>): void => setForm({ ...form, ...changed });
  const inherited = calendarOf({ ...seller, calendarId: null }, roster);
  const calendars = [
    { value: '', label: `The team’s or the default: ${inherited?.name ?? 'Monday to Friday'}` },
    ...roster.calendars.map(({ id, name, hours }) => ({
      value: id,
      label: `${name}: ${hoursInWords(hours)}`,
    })),
  ];
  const others = roster.sellers.filter(({ id }) => id !== seller.id);
  return (
    <FormDialog
      title={`Change ${seller.name}`}
      size="lg"
      action="Save"
      ready
      busy={change.isPending}
      refusal={change.error ? <Failure fault={change.error} /> : null}
      onClose={onClose}
      onSubmit={() => change.mutate(() => form, { onSuccess: onClose })}
    >
      <Checkbox
        label="In rotation"
        description={
          form.available
            ? 'Gets leads in turn with the other sellers of the team.'
            : 'Gets no new leads. Offers without a decision go to the next in turn when you save.'
        }
        checked={form.available}
        onChange={(event) => set({ available: event.currentTarget.checked })}
      />
      <Group gap="sm" grow align="flex-start">
        <Limit label="Open at a time" value={form.maxOpen} onChange={(maxOpen) => set({ maxOpen })} />
        <Limit label="Offers a day" value={form.maxPerDay} onChange={(maxPerDay) => set({ maxPerDay })} />
      </Group>
      <div>
        <NativeSelect
          label="Calendar"
          data={calendars}
          value={form.calendarId ?? ''}
          onChange={(event) => set({ calendarId: event.currentTarget.value || null })}
        />
        {form.calendarId !== seller.calendarId && (
          <Text size="sm" c="dimmed" role="status" mt={4}>
            Their running clocks follow the new calendar at once. What was breached stays so, and nobody is
            told twice.
          </Text>
        )}
      </div>
      <Tags
        label="Skills"
        description="Such as banking"
        tags={form.skills}
        known={others.flatMap(({ skills }) => skills)}
        onChange={(skills) => set({ skills })}
      />
      <Tags
        label="Languages"
        description="Such as de; de-AT counts as de, too"
        tags={form.languages}
        known={others.flatMap(({ languages }) => languages)}
        onChange={(languages) => set({ languages })}
      />
      <Tags
        label="Territories"
        description="Countries such as DE, or territories of the routing rules"
        tags={form.territories}
        known={others.flatMap(({ territories }) => territories)}
        onChange={(territories) => set({ territories })}
      />
    </FormDialog>
  );
};

interface LimitProps {
  label: string;
  value: number | null;
  onChange: (limit: number | null) => void;
}

const Limit = ({ label, value, onChange }: LimitProps): ReactNode => (
  <NumberInput
    label={label}
    description="At most. Empty is no limit."
    min={1}
    max={MAX_LIMIT}
    allowDecimal={false}
    allowNegative={false}
    hideControls
    value={value ?? ''}
    onChange={(changed) => onChange(typeof changed === 'number' ? changed : null)}
  />
);

interface TagsProps {
  label: string;
  description: string;
  tags: string[];
  /** Of the other sellers, to choose from: rules compare them as they are written. */
  known: readonly string[];
  onChange: (tags: string[]) => void;
}

const Tags = ({ label, description, tags, known, onChange }: TagsProps): ReactNode => (
  <TagsInput
    label={label}
    description={description}
    acceptValueOnBlur
    maxTags={100}
    data={[...new Set(known)].sort()}
    value={tags}
    onChange={onChange}
  />
);
