import { Button, Checkbox, CloseButton, Group, NativeSelect, Text } from '@mantine/core';
import { useRef, type ReactNode, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { RowFields } from './condition-row-fields.js';
import { toRow } from './condition-row.js';
import {
  additions,
  fits,
  joinedBy,
  negated,
  nodeOf,
  withMember,
  withoutMember,
  type Join,
  type Tree,
} from './condition-tree.js';
import { conditionWords } from './condition-words.js';
import classes from './condition-fields.module.css';
import type { DocumentForm } from './form-context.js';
import { setAt } from './set-at.js';

const JOIN_CHOICE = [
  { value: 'all', label: 'all of these' },
  { value: 'any', label: 'one of these' },
];

interface ConditionFieldsProps {
  readonly form: DocumentForm;
  readonly pointer: string;
  readonly condition: Tree;
  /** Whose condition it is, for screen readers. */
  readonly of: string;
  /** The facts that there are, in words, to choose from; without them, a fact is typed. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** A condition as rows and nested groups, and the whole of it as a sentence when it is more than one row. */
export const ConditionFields = ({ form, pointer, condition, of, facts }: ConditionFieldsProps): ReactNode => {
  const isRow = toRow(condition) !== null;
  return (
    <>
      <Members
        form={form}
        pointer={pointer}
        condition={condition}
        of={of}
        facts={facts}
        level={1}
        place=""
        onChange={(changed) => form.set(pointer, changed)}
      />
      {!isRow && <p className={classes.words}>In words: {conditionWords(condition, facts)}</p>}
    </>
  );
};

export const Fault = ({ text }: { text: string }): ReactNode => (
  <Text size="xs" c="red" role="alert">
    {text}
  </Text>
);

interface NodeProps extends Omit<ConditionFieldsProps, 'facts'> {
  readonly facts: Readonly<Record<string, string>> | undefined;
  /** From 1 for the outermost condition. */
  readonly level: number;
  /** Numbers of the groups around it and its own: `2.1`; empty for the outermost condition. */
  readonly place: string;
  readonly onChange: (condition: Tree) => void;
  readonly onRemove?: (() => void) | undefined;
  /** The button that adds to the group around it: has the focus when this group is one no longer. */
  readonly around?: RefObject<HTMLButtonElement | null>;
}

/** The members of a group, how they are joined, and what can be added; a condition that is no group is its only member. */
const Members = (props: NodeProps): ReactNode => {
  const { form, pointer, condition, of, facts, level, place, onChange, around } = props;
  const { path, group } = nodeOf(condition);
  const list = useRef<HTMLDivElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const name = place ? `group ${place} of ${of}` : of;
  const { row, group: newGroup } = additions(condition, {
    fact: facts ? Object.keys(facts)[0]! : 'name',
    is: '',
  });
  const add = (added: Tree): void => {
    flushSync(() => onChange(withMember(condition, added)));
    list.current?.lastElementChild?.querySelector<HTMLElement>('select, input:not([type=checkbox])')?.focus();
  };
  const remove = (index: number): void => {
    flushSync(() => onChange(withoutMember(condition, index)));
    (adding.current ?? around?.current)?.focus();
  };
  return (
    <>
      {group && <GroupHead {...props} name={name} join={group.join} />}
      <div ref={list} className={classes.members}>
        {group ? (
          group.members.map((member, index) => {
            const at = `${path}/${group.join}/${index}`;
            return (
              <Member
                key={index}
                form={form}
                pointer={`${pointer}${at}`}
                condition={member}
                of={of}
                facts={facts}
                level={level + at.split('/').length - 2}
                place={place ? `${place}.${index + 1}` : String(index + 1)}
                onChange={(changed) => onChange(setAt(condition, at, changed))}
                onRemove={group.members.length > 1 ? () => remove(index) : undefined}
                around={adding}
              />
            );
          })
        ) : (
          <Member {...props} />
        )}
      </div>
      <Group gap={6}>
        <Button
          ref={adding}
          size="compact-xs"
          variant="subtle"
          disabled={!fits(withMember(condition, row), level)}
          aria-label={`Add a condition to ${name}`}
          onClick={() => add(row)}
        >
          Add a condition
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={!fits(withMember(condition, newGroup), level)}
          aria-label={`Add a group to ${name}`}
          onClick={() => add(newGroup)}
        >
          Add a group
        </Button>
      </Group>
    </>
  );
};

/** A group, a comparison as a row, or as JSON what a row could not give back as it is. */
const Member = (props: NodeProps): ReactNode => {
  const { form, pointer, condition, of, facts, place, onChange, onRemove } = props;
  const { path, core, group } = nodeOf(condition);
  if (group)
    return (
      <div role="group" aria-label={`Group ${place} of ${of}`} className={classes.group}>
        <Members {...props} />
      </div>
    );
  const row = toRow(core);
  const fact = row?.fact ?? 'a condition as JSON';
  const fault = row ? ownFault(form, pointer, path) : form.faultAt(pointer, true);
  return (
    <div>
      <div className={classes.row}>
        <NotField {...props} name={`the condition of ${fact}`} />
        {row ? (
          <RowFields
            form={form}
            pointer={`${pointer}${path}`}
            row={row}
            of={of}
            facts={facts}
            onChange={(changed) => onChange(setAt(condition, path, changed))}
          />
        ) : (
          <span>
            <code className={classes.json}>{JSON.stringify(core)}</code>{' '}
            <Text span size="xs" c="dimmed">
              Change it in the JSON view.
            </Text>
          </span>
        )}
        {onRemove && (
          <CloseButton size="sm" aria-label={`Remove the condition of ${fact}`} onClick={onRemove} />
        )}
      </div>
      {fault && <Fault text={fault} />}
    </div>
  );
};

/** Faults of a condition as a whole: of its `not`s and of what is below them, but not of its members and fields. */
const ownFault = (form: DocumentForm, pointer: string, path: string, join?: Join): string | undefined => {
  const own = path.split('/').map((_, count, parts) => `${pointer}${parts.slice(0, count + 1).join('/')}`);
  return (
    [...own, ...(join ? [`${pointer}${path}/${join}`] : [])]
      .map((each) => form.faultAt(each))
      .filter((each) => each !== undefined)
      .join('; ') || undefined
  );
};

/** How the members of a group are joined, whether it is negated, and the button that removes it. */
const GroupHead = ({
  form,
  pointer,
  condition,
  level,
  place,
  name,
  join,
  onChange,
  onRemove,
}: NodeProps & { readonly name: string; readonly join: Join }): ReactNode => {
  const fault = ownFault(form, pointer, nodeOf(condition).path, join);
  return (
    <>
      <Group gap={8} align="flex-start">
        <NotField condition={condition} level={level} name={name} onChange={onChange} />
        <NativeSelect
          size="xs"
          aria-label={`How the conditions of ${name} are joined`}
          data={JOIN_CHOICE}
          value={join}
          onChange={(event) => onChange(joinedBy(condition, event.currentTarget.value as Join))}
        />
        {place && onRemove && <CloseButton size="sm" aria-label={`Remove ${name}`} onClick={onRemove} />}
      </Group>
      {fault && <Fault text={fault} />}
    </>
  );
};

interface NotFieldProps extends Pick<NodeProps, 'condition' | 'level' | 'onChange'> {
  readonly name: string;
}

/** Whether a condition is negated. */
const NotField = ({ condition, level, name, onChange }: NotFieldProps): ReactNode => (
  <Checkbox
    size="xs"
    className={classes.not ?? ''}
    label="not"
    aria-label={`not: ${name}`}
    checked={nodeOf(condition).isNegated}
    disabled={!fits(negated(condition), level)}
    onChange={() => onChange(negated(condition))}
  />
);
