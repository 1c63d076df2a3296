import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import type { Absence, Seller } from '../api/shapes.js';
import { serverNow } from '../time/now.js';
import { Name } from '../ui/name.js';
import { daysOf, endedAt, withAbsence } from './absence.js';
import { useChangeAbsences } from './roster.js';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const dayText = (date: string): string => day.format(new Date(`${date}T00:00:00Z`));

interface AbsenceItemProps {
  seller: Seller;
  absence: Absence;
  /** In which its days are. */
  timeZone: string;
  deputy: string | undefined;
  /** Undefined for people who may not change it. */
  onChange: (() => void) | undefined;
}

/** An absence, with what can be done about it. */
export const AbsenceItem = ({ seller, absence, timeZone, deputy, onChange }: AbsenceItemProps): ReactNode => {
  const change = useChangeAbsences(seller.id);
  const { first, last } = daysOf(absence, timeZone);
  const text = first === last ? dayText(first) : `${dayText(first)} to ${dayText(last)}`;
  const hasBegun = Date.parse(absence.from) <= serverNow();
  const end = (): void =>
    change.mutate((absences) => withAbsence(absences, absence, endedAt(absence, serverNow())));
  return (
    <li>
      <Group gap="6px 10px">
        <span>
          {text}
          {deputy === undefined ? (
            ', without a deputy'
          ) : (
            <>
              , deputy <Name>{deputy}</Name>
            </>
          )}
        </span>
        {onChange && (
          <>
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`Change the absence of ${seller.name} from ${text}`}
              onClick={onChange}
            >
              Change…
            </Button>
            <Button
              variant="default"
              size="compact-xs"
              loading={change.isPending}
              aria-label={`${hasBegun ? 'End now' : 'Remove'}: the absence of ${seller.name} from ${text}`}
              onClick={end}
            >
              {hasBegun ? 'End now' : 'Remove'}
            </Button>
          </>
        )}
      </Group>
      {change.error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {asProblem(change.error).detail}
        </Text>
      )}
    </li>
  );
};
