import { Group, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { NewCampaign } from '../api/shapes.js';
import { amountIn } from '../deal/money.js';
import { serverNow } from '../time/now.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { useSaveCampaign } from './campaigns.js';

const TEXTS = [
  ['brief', 'Brief', 'What it is about'],
  ['audience', 'Audience', 'Who gets it'],
  ['offer', 'Offer', 'What they are offered'],
  ['message', 'Message', 'What they read'],
  ['talkingPoints', 'Talking points', 'What sales can say'],
] as const;

type Texts = Partial<Record<(typeof TEXTS)[number][0] | 'name' | 'startsOn' | 'endsOn' | 'cost', string>>;

/** What the form has, as the API takes it; empty fields are left out. */
const campaignOf = ({ name = '', cost = '', ...texts }: Texts): NewCampaign => {
  const amount = amountIn(cost);
  return {
    name: name.trim(),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')),
    ...(amount !== undefined && {
      costs: [{ day: texts.startsOn || new Date(serverNow()).toISOString().slice(0, 10), amount }],
    }),
  };
};

/** Saves the plan of a campaign, with its budget as a cost of its first day. */
export const CampaignDialog = ({ onClose }: { onClose: () => void }): ReactNode => {
  const save = useSaveCampaign();
  const [texts, setTexts] = useState<Texts>({});
  const field = (name: keyof Texts) => ({
    value: texts[name] ?? '',
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setTexts((before) => ({ ...before, [name]: value })),
  });
  const isCostRight = !texts.cost || amountIn(texts.cost) !== undefined;
  return (
    <FormDialog
      title="Plan a campaign"
      size="lg"
      action="Save"
      ready={(texts.name ?? '').trim() !== '' && isCostRight}
      busy={save.isPending}
      refusal={save.error ? <Failure fault={save.error} /> : null}
      onClose={onClose}
      onSubmit={() => save.mutate(campaignOf(texts), { onSuccess: onClose })}
    >
      <TextInput
        label="Name"
        description="As it is in links and forms. A plan of the same name is replaced."
        required
        data-autofocus
        maxLength={256}
        {...field('name')}
      />
      <Group grow align="flex-start">
        <TextInput type="date" label="First day" {...field('startsOn')} />
        <TextInput type="date" label="Last day" {...field('endsOn')} />
        <TextInput
          label="Cost"
          inputMode="decimal"
          error={!isCostRight && 'An amount such as 1,200.50'}
          {...field('cost')}
        />
      </Group>
      {TEXTS.map(([name, label, placeholder]) => (
        <Textarea
          key={name}
          label={label}
          placeholder={placeholder}
          autosize
          maxLength={1_000}
          {...field(name)}
        />
      ))}
    </FormDialog>
  );
};
