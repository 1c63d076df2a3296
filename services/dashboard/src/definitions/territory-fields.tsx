import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ConditionFields } from './condition-fields.js';
import classes from './definition-form.module.css';
import type { DocumentForm } from './form-context.js';
import { ROUTING_FACTS } from './routing-facts.js';
import { newTerritory, outerChoices, placed, renamed, without, type Territory } from './territories.js';

/** Parts of the market, for rules that send leads to the sellers who cover them. */
export const TerritoryFields = ({ form }: { form: DocumentForm }): ReactNode => {
  const { territories = [] } = form.document as { territories?: Territory[] };
  const set = (changed: readonly Territory[]): void =>
    form.set('/territories', changed.length > 0 ? changed : undefined);
  return (
    <section aria-label="Territories">
      <h3 className={classes.heading}>Territories</h3>
      <p className={classes.hint}>
        For rules that ask for sellers who cover the territory of a lead. A lead is in its country, in the
        territories whose conditions hold, and in those that include them.
      </p>
      {territories.map((territory, at) => (
        <fieldset key={at} className={classes.item}>
          <legend>{territory.name || 'A territory without a name'}</legend>
          <TextInput
            size="xs"
            label="Name, as in the roster"
            value={territory.name}
            error={form.faultAt(`/territories/${at}/name`) ?? form.faultAt(`/territories/${at}`)}
            onChange={(event) => set(renamed(territories, at, event.currentTarget.value))}
          />
          <NativeSelect
            size="xs"
            label="Within"
            data={[
              { value: '', label: 'no other territory' },
              ...outerChoices(territories, at).map((name) => ({ value: name, label: name })),
            ]}
            value={territory.within ?? ''}
            error={form.faultAt(`/territories/${at}/within`)}
            onChange={(event) =>
              set(territories.with(at, placed(territory, event.currentTarget.value || undefined)))
            }
          />
          <Leads form={form} territory={territory} at={`/territories/${at}/when`} />
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => set(without(territories, at))}
            aria-label={`Remove the territory ${territory.name}`}
          >
            Remove
          </Button>
        </fieldset>
      ))}
      <Button
        size="xs"
        variant="default"
        mb="md"
        onClick={() => set([...territories, newTerritory(territories)])}
      >
        Add a territory
      </Button>
    </section>
  );
};

/** The leads of a territory, beside those of the territories within it. */
const Leads = ({
  form,
  territory,
  at,
}: {
  form: DocumentForm;
  territory: Territory;
  at: string;
}): ReactNode =>
  territory.when ? (
    <>
      <span className={classes.hint}>Has the leads where</span>
      <ConditionFields
        form={form}
        pointer={at}
        condition={territory.when}
        of={territory.name}
        facts={ROUTING_FACTS}
      />
      <Button size="compact-xs" variant="subtle" onClick={() => form.set(at, undefined)}>
        Only the territories within it
      </Button>
    </>
  ) : (
    <>
      <span className={classes.hint}>Has the leads of the territories within it.</span>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => form.set(at, { fact: 'country', in: [] })}
        aria-label={`Add leads by a condition to the territory ${territory.name}`}
      >
        Add leads by a condition
      </Button>
    </>
  );
