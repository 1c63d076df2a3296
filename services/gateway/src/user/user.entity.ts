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
  /** As `hashPassword` makes it; null until an invited person has set one. */
  @Column('text', { nullable: true }) password!: string | null;
  /** Identity of logins by OpenID Connect: the provider's name for the user. */
  @Column('text', { name: 'oidc_subject', nullable: true }) subject!: string | null;
  /** The API tokens that gave the user access: made or enabled the account, made the link by which the password was set, or gave the role. */
  @Column('uuid', { name: 'access_by_tokens', array: true, default: () => `'{}'` }) accessByTokens!: string[];
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt!: Date | null;
  /** Last login or use of a session, to within ten minutes. */
  @Column('timestamptz', { name: 'last_seen_at', nullable: true }) lastSeenAt!: Date | null;
}
