import pg from 'pg';
import { serviceNames, type PerService, type ServiceName } from '../services.js';

/** The URL a service connects with: the same server and database, as its own role. */
export const serviceDatabaseUrl = (adminUrl: string, service: ServiceName, password: string): string => {
  const url = new URL(adminUrl);
  url.username = service;
  url.password = password;
  return url.href;
};

/** `create role` has no "if not exists", and two runs may come at the same time: asked and made in one statement. */
const ensureRole = (client: pg.Client, role: string): Promise<unknown> =>
  client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
    end $$`);

const provisionService = async (client: pg.Client, role: ServiceName, password: string): Promise<void> => {
  await ensureRole(client, role);
  await client.query(`alter role ${role} with login password ${client.escapeLiteral(password)}`);
  await client.query(`alter role ${role} set search_path = ${role}`);
  // An administrator who is no superuser must be able to act as the role to give it a schema.
  const { rows } = await client.query<{ able: boolean }>(`select pg_has_role('${role}', 'set') as able`);
  if (!rows[0]?.able) await client.query(`grant ${role} to current_user`);
  await client.query(`create schema if not exists ${role} authorization ${role}`);
  await client.query(`revoke all on schema ${role} from public`);
};

/**
 * Makes a role and a schema of the same name for every service, and sets the passwords; what exists is kept. A role
 * owns its schema and cannot read another's.
 * @param adminUrl a superuser, or a role that may create roles and schemas
 */
export const provisionDatabase = async (adminUrl: string, passwords: PerService<string>): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('baton.provision'))`);
    for (const service of serviceNames) await provisionService(client, service, passwords[service]);
    // Only the services' own schemas may grow: `public` stays empty.
    await client.query('revoke create on schema public from public');
    await client.query('commit');
  } finally {
    await client.end();
  }
};
