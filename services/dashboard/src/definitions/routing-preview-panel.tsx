import { Button, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { AssignmentRecord, RoutingFacts } from '../api/shapes.js';
import { Considered } from '../handoff/considered.js';
import { useSellers } from '../handoff/handoffs.js';
import { Panel } from '../ui/page.js';
import { Failure } from '../ui/states.js';
import classes from './definition-form.module.css';
import { factsFrom, ROUTING_FACTS, type RoutingFact } from './routing-facts.js';

type Draft = Record<string, unknown>;
type Asked = { readonly facts: RoutingFacts } | { readonly email: string };

const WHICH = [
  { value: 'described', label: 'A lead I describe' },
  { value: 'known', label: 'One of ours' },
];

/** Facts with a field; scores are those of the moment, and rarely decide. */
const FIELDS: readonly RoutingFact[] = [
  'country',
  'company',
  'industry',
  'employees',
  'jobTitle',
  'campaign',
];

/** Who would get one lead now under rules that are being edited, and why; no turn is taken. */
export const RoutingPreviewPanel = ({ document }: { document: Draft | undefined }): ReactNode => {
  const [which, setWhich] = useState('described');
  const [texts, setTexts] = useState<Partial<Record<RoutingFact, string>>>({});
  const [email, setEmail] = useState('');
  const preview = usePreview();
  const isNumber = texts.employees === undefined || /^\s*\d*\s*$/.test(texts.employees);
  const isReady = document !== undefined && (which === 'known' ? email.trim() !== '' : isNumber);
  const ask = (): void => {
    if (!isReady) return;
    const asked = which === 'known' ? { email: email.trim() } : { facts: factsFrom(texts) as RoutingFacts };
    preview.mutate({ rules: document, asked });
  };
  /** Enter must not save the draft, whose form this is within. */
  const onEnter = (event: { key: string; preventDefault: () => void }): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    ask();
  };
  return (
    <Panel title="Who would get a lead?" note="Asked now, under this draft. Nothing is changed.">
      <Stack gap="xs" onKeyDown={onEnter}>
        <SegmentedControl size="xs" aria-label="Which lead" data={WHICH} value={which} onChange={setWhich} />
        {which === 'known' ? (
          <TextInput
            size="xs"
            type="email"
            label="E-mail of the lead"
            description="Asked with what was known when it was last offered; its sellers before are passed over."
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        ) : (
          <div className={classes.facts}>
            {FIELDS.map((fact) => (
              <TextInput
                key={fact}
                size="xs"
                label={capital(ROUTING_FACTS[fact])}
                value={texts[fact] ?? ''}
                error={fact === 'employees' && !isNumber ? 'A whole number' : undefined}
                onChange={(event) => setTexts({ ...texts, [fact]: event.currentTarget.value })}
              />
            ))}
          </div>
        )}
        <div>
          <Button size="xs" variant="default" loading={preview.isPending} disabled={!isReady} onClick={ask}>
            Who would get it?
          </Button>
        </div>
        <div role="status">{preview.data && <Answer record={preview.data} />}</div>
        {preview.error && <Failure fault={preview.error} />}
      </Stack>
    </Panel>
  );
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const usePreview = () =>
  useMutation({
    mutationFn: async ({ rules, asked }: { rules: Draft; asked: Asked }) => {
      const lead = 'facts' in asked ? asked : { leadId: await leadIdOf(asked.email) };
      return bodyOf(api.POST('/routing/preview', { body: { ...lead, rules } }));
    },
  });

const leadIdOf = async (email: string): Promise<string> => {
  const { items } = await bodyOf(api.POST('/leads/search', { body: { email } }));
  const [lead] = items;
  if (!lead) throw new Problem(404, 'No such lead', 'You see no lead with this address.');
  return lead.id;
};

const Answer = ({ record }: { record: AssignmentRecord }): ReactNode => {
  const { sellerId, candidates, team, rule, why } = record;
  // The owner of a lead is named without candidates.
  const sellers = useSellers(sellerId !== null);
  const chosen = [...candidates, ...(sellers.data ?? [])].find(({ id }) => id === sellerId)?.name;
  return (
    <>
      <Text size="sm" fw={600}>
        {sellerId === null ? 'Nobody: the lead would wait.' : `${chosen ?? 'A seller'} of team ${team}`}
      </Text>
      <Text size="sm">
        {rule ? `By the rule “${rule}”` : 'By the fallback, since no rule matches'}: {why}.
      </Text>
      <Considered record={record} chosen="would get it" />
    </>
  );
};
