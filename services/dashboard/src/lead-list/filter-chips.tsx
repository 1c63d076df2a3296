import { Button, Group } from '@mantine/core';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStages } from '../lead/stages.js';
import { filterTextsOf } from './filter-texts.js';
import { useOwners } from './owners.js';
import type { ListControl } from './use-list-address.js';

/** The filters in force, each with its removal. */
export const FilterChips = ({ list }: { list: ListControl }): ReactNode => {
  const { labelOf } = useStages();
  const { nameOf } = useOwners();
  const texts = filterTextsOf(list.conditions, { stageOf: labelOf, ownerOf: nameOf });
  if (texts.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label="Filters in force">
      {texts.map(({ fields, text }) => (
        <Button
          key={text}
          size="compact-sm"
          variant="light"
          aria-label={`Remove the filter ${text}`}
          rightSection={<X size={13} aria-hidden />}
          onClick={() => list.filter(Object.fromEntries(fields.map((field) => [field, undefined])))}
        >
          {text}
        </Button>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => list.show({ conditions: {}, view: undefined })}
      >
        Remove all
      </Button>
    </Group>
  );
};
