import { Button, Group } from '@mantine/core';
import { CalendarX2, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Absence, Seller } from '../api/shapes.js';
import { useReturn } from '../handoff/rotation.js';
import { useMe } from '../session/session.js';
import { useNow } from '../time/now.js';
import { Name } from '../ui/name.js';
import { Failure } from '../ui/states.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { toCome } from './absence.js';
import { AbsenceItem } from './absence-item.js';
import { calendarOf, type Roster } from './roster.js';
import classes from './roster.module.css';
import { rotationOf, usedOf } from './seller-texts.js';
import { hoursInWords } from './working-hours.js';

interface SellerRowProps {
  seller: Seller;
  roster: Roster;
  canChange: boolean;
  onChange: () => void;
  /** Without an absence, a new one. */
  onAbsence: (absence?: Absence) => void;
}

/** A seller: whether they are in rotation, how much they have, when they work, what they can do, when they are away. */
export const SellerRow = ({ seller, roster, canChange, onChange, onAbsence }: SellerRowProps): ReactNode => {
  const { id, name, maxOpen, maxPerDay } = seller;
  const me = useMe();
  const now = useNow(30_000);
  const load = roster.loads.find((each) => each.id === id);
  const calendar = calendarOf(seller, roster);
  const rotation = rotationOf(seller, load, now);
  const absences = toCome(seller.absences, now);
  const canBeAway = canChange || id === me.id;
  return (
    <li className={classes.seller}>
      <div className={classes.who}>
        <strong>
          <Name>{name}</Name>
          {id === me.id && <span className={classes.dim}> (you)</span>}
        </strong>
        <ToneBadge tone={rotation.tone}>{rotation.words}</ToneBadge>
        {rotation.why && <span className={classes.dim}>{rotation.why}</span>}
      </div>
      <dl className={classes.facts}>
        <dt>Works</dt>
        <dd>
          {calendar ? `${hoursInWords(calendar.hours)}, ${calendar.timeZone}` : 'Mon–Fri 09:00–17:00, UTC'}
          {calendar && <span className={classes.dim}> ({calendar.name})</span>}
        </dd>
        <dt>Capacity</dt>
        <dd>
          {usedOf(load?.open, maxOpen, 'open')}; {usedOf(load?.today, maxPerDay, 'offered today')}
        </dd>
        <Tags title="Skills" tags={seller.skills} />
        <Tags title="Languages" tags={seller.languages} />
        <Tags title="Territories" tags={seller.territories} />
        {absences.length > 0 && (
          <>
            <dt>Away</dt>
            <dd>
              <ul className={classes.absences} aria-label={`Absences of ${name}`}>
                {absences.map((absence) => (
                  <AbsenceItem
                    key={absence.from + absence.until}
                    seller={seller}
                    absence={absence}
                    timeZone={calendar?.timeZone ?? 'UTC'}
                    deputy={roster.sellers.find((each) => each.id === absence.deputyId)?.name}
                    onChange={canBeAway ? () => onAbsence(absence) : undefined}
                  />
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      {load?.restingSince && canBeAway && <ReturnButton seller={seller} />}
      {canBeAway && (
        <Group gap="xs" className={classes.actions ?? ''}>
          <Button
            variant="default"
            size="xs"
            leftSection={<CalendarX2 size={14} aria-hidden />}
            aria-label={`Add an absence of ${name}`}
            onClick={() => onAbsence()}
          >
            Absence…
          </Button>
          {canChange && (
            <Button
              variant="default"
              size="xs"
              leftSection={<Pencil size={14} aria-hidden />}
              aria-label={`Change ${name}`}
              onClick={onChange}
            >
              Change…
            </Button>
          )}
        </Group>
      )}
    </li>
  );
};

const ReturnButton = ({ seller: { id, name } }: { seller: Seller }): ReactNode => {
  const back = useReturn(id);
  return (
    <div className={classes.actions}>
      <Button size="xs" loading={back.isPending} aria-label={`${name} is back`} onClick={() => back.mutate()}>
        Is back
      </Button>
      {back.error && <Failure fault={back.error} />}
    </div>
  );
};

const Tags = ({ title, tags }: { title: string; tags: readonly string[] }): ReactNode =>
  tags.length > 0 && (
    <>
      <dt>{title}</dt>
      <dd>{tags.join(', ')}</dd>
    </>
  );
