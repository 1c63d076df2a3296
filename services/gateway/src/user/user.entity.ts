import type { Role } from '@baton/platform';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A person who can log in. */
@Entity('users')
export class UserAccount {
  @PrimaryGeneratedColumn('uuid') id!: string;
  /** Trimmed, lower case. */
  @Column('text', { unique: true }) email!: string;
  @Column('text') name!: string;
  @Column('text') role!: Role;
  /** As `hashPassword` makes it. */
  @Column('text') password!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}
