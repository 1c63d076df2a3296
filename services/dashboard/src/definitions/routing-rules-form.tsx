import { Autocomplete, Button, Group, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTeams } from '../handoff/handoffs.js';
import { ConditionFields, Fault } from './condition-fields.js';
import classes from './definition-form.module.css';
import type { DocumentForm } from './form-context.js';
import { newKey } from './new-key.js';
import { ROUTING_FACTS } from './routing-facts.js';
import { TerritoryFields } from './territory-fields.js';

interface Target {
  readonly owner?: 'lead' | 'account';
  readonly team?: string;
  readonly strategy?: string;
  readonly skills?: readonly string[];
  readonly languages?: readonly string[];
  readonly territory?: boolean;
}

interface Rule {
  readonly key: string;
  readonly name: string;
  readonly when?: Record<string, unknown>;
  readonly to: Target;
}

const TARGETS = [
  { value: 'team', label: 'sellers of a team' },
  { value: 'territory', label: 'sellers of a team who cover its territory' },
  { value: 'lead', label: 'the seller whose lead it was before' },
  { value: 'account', label: 'the seller of another lead of its account' },
];

const STRATEGIES = [
  { value: 'round-robin', label: 'in turn, by their shares' },
  { value: 'least-loaded', label: 'the least loaded first' },
  { value: 'longest-waiting', label: 'the longest without a new lead first' },
];

/** Routing rules in the order in which they are asked, and the fallback. */
export const RoutingRulesForm = ({ form }: { form: DocumentForm }): ReactNode => {
  const { rules, fallback } = form.document as { rules: Rule[]; fallback: Target };
  const move = (from: number, to: number): void =>
    form.set('/rules', rules.with(from, rules[to]!).with(to, rules[from]!));
  return (
    <>
      {rules.map((rule, at) => (
        <fieldset key={at} className={classes.item}>
          <legend>
            {at + 1}. {rule.name}
          </legend>
          <RuleFields form={form} rule={rule} at={`/rules/${at}`} team={fallback.team ?? ''} />
          <Group gap={6}>
            <Button size="compact-xs" variant="subtle" disabled={at === 0} onClick={() => move(at, at - 1)}>
              Earlier
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              disabled={at === rules.length - 1}
              onClick={() => move(at, at + 1)}
            >
              Later
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => form.set(`/rules/${at}`, undefined)}
              aria-label={`Remove the rule ${rule.name}`}
            >
              Remove
            </Button>
          </Group>
        </fieldset>
      ))}
      <Button
        size="xs"
        variant="default"
        mb="md"
        onClick={() => form.set(`/rules/${rules.length}`, newRule(rules, fallback))}
      >
        Add a rule
      </Button>
      <fieldset className={classes.item}>
        <legend>All other leads</legend>
        <TeamFields form={form} target={fallback} at="/fallback" of="all other leads" />
      </fieldset>
      <TerritoryFields form={form} />
    </>
  );
};

const newRule = (rules: readonly Rule[], { team = '' }: Target): Rule => {
  const key = newKey('rule', rules);
  return {
    key,
    name: `Rule ${key.split('-').at(-1)}`,
    when: { fact: 'country', is: 'DE' },
    to: { team },
  };
};

interface RuleFieldsProps {
  readonly form: DocumentForm;
  readonly rule: Rule;
  readonly at: string;
  /** Begins with it when an owner becomes a team. */
  readonly team: string;
}

const RuleFields = ({ form, rule, at, team }: RuleFieldsProps): ReactNode => {
  const { name, when, to } = rule;
  const fault = form.faultAt(at) ?? form.faultAt(`${at}/key`) ?? form.faultAt(`${at}/to`, true);
  const choose = (kind: string): void => {
    const { territory: _, ...kept } = to.owner ? { team } : to;
    form.set(
      `${at}/to`,
      kind === 'team' ? kept : kind === 'territory' ? { ...kept, territory: true } : { owner: kind },
    );
  };
  return (
    <>
      <TextInput
        size="xs"
        label="Name"
        value={name}
        error={form.faultAt(`${at}/name`)}
        onChange={(event) => form.set(`${at}/name`, event.currentTarget.value)}
      />
      {when && (
        <ConditionFields
          form={form}
          pointer={`${at}/when`}
          condition={when}
          of={name}
          facts={ROUTING_FACTS}
        />
      )}
      <NativeSelect
        size="xs"
        label={when ? 'A lead where this holds goes to' : 'Every lead goes to'}
        data={TARGETS}
        value={to.owner ?? (to.territory ? 'territory' : 'team')}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {!to.owner && (
        <>
          <TeamFields form={form} target={to} at={`${at}/to`} of={name} />
          <Tags
            form={form}
            pointer={`${at}/to/skills`}
            label={`Skills needed for ${name}`}
            tags={to.skills}
          />
          <Tags
            form={form}
            pointer={`${at}/to/languages`}
            label={`Languages needed for ${name}`}
            tags={to.languages}
          />
        </>
      )}
      {fault && <Fault text={fault} />}
    </>
  );
};

interface TagsProps {
  readonly form: DocumentForm;
  readonly pointer: string;
  readonly label: string;
  readonly tags: readonly string[] | undefined;
}

const Tags = ({ form, pointer, label, tags = [] }: TagsProps): ReactNode => (
  <TagsInput
    size="xs"
    label={label}
    value={[...tags]}
    onChange={(changed) => form.set(pointer, changed.length > 0 ? changed : undefined)}
  />
);

interface TeamFieldsProps {
  readonly form: DocumentForm;
  readonly target: Target;
  readonly at: string;
  /** Whose team it is, for screen readers. */
  readonly of: string;
}

/** A team may be named before it is added: until then the next rule decides. */
const TeamFields = ({ form, target, at, of }: TeamFieldsProps): ReactNode => {
  const teams = useTeams();
  return (
    <Group gap={6}>
      <Autocomplete
        size="xs"
        aria-label={`Team of ${of}`}
        data={(teams.data ?? []).map(({ name }) => name)}
        value={target.team ?? ''}
        error={form.faultAt(`${at}/team`)}
        onChange={(team) => form.set(`${at}/team`, team)}
      />
      <NativeSelect
        size="xs"
        aria-label={`Order of the sellers for ${of}`}
        data={STRATEGIES}
        value={target.strategy ?? 'round-robin'}
        onChange={(event) => form.set(`${at}/strategy`, event.currentTarget.value)}
      />
    </Group>
  );
};
