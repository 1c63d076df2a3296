import type { Absence } from '../calendar/stored-calendar.js';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A seller. The id is the user's. */
@Entity('sellers')
export class Seller {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') team!: string;
  @Column('double precision') weight!: number;
  @Column('boolean') available!: boolean;
  @Column('integer', { name: 'max_open', nullable: true }) maxOpen!: number | null;
  @Column('integer', { name: 'max_per_day', nullable: true }) maxPerDay!: number | null;
  /** Null: the team's, or else the default. */
  @Column('uuid', { name: 'calendar_id', nullable: true }) calendarId!: string | null;
  @Column('jsonb') absences!: readonly Absence[];
  @Column('jsonb') skills!: readonly string[];
  /** Language tags, such as `de`. */
  @Column('jsonb') languages!: readonly string[];
  @Column('jsonb') territories!: readonly string[];
  /** Position in the round robin. */
  @Column('double precision') pointer!: number;
  /** Offers they got on `offersOn`, a UTC day. */
  @Column('integer') offers!: number;
  @Column('date', { name: 'offers_on' }) offersOn!: string;
}
