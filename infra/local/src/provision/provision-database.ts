import pg from 'pg';
import { serviceNames, type PerService, type ServiceName } from '../services.js';

/** URL of a service: same server and database, its own role. */
export const serviceDatabaseUrl = (adminUrl: string, service: ServiceName, password: string): string => {
  const url = new URL(adminUrl);
  url.username = service;
  url.password = password;
  return url.href;
};

/** `create role` has no "if not exists"; one statement avoids a race of concurrent runs. */
const ensureRole = (client: pg.Client, role: string): Promise<unknown> =>
  client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
    end $$`);

const provisionService = async (client: pg.Client, role: ServiceName, password: string): Promise<void> => {
  await ensureRole(client, role);
  await client.query(`alter role ${role} with login password ${client.escapeLiteral(password)}`);
  await client.query(`alter role ${role} set search_path = ${role}`);
  // Without superuser rights, creating a schema for a role requires membership in it.
  const { rows } = await client.query<{ member: boolean }>(`select pg_has_role('${role}', 'set') as member`);
  if (!rows[0]?.member) await client.query(`grant ${role} to current_user`);
  // The second one holds the copies of tables that a reader builds anew.
  for (const schema of [role, `${role}_rebuild`]) {
    await client.query(`create schema if not exists ${schema} authorization ${role}`);
    await client.query(`revoke all on schema ${schema} from public`);
  }
};

/** Role of BI tools, which reporting lets read its `bi_…` views. */
export const BI_ROLE = 'baton_bi';

/** Without a password the role cannot log in. The limits end a query that would hold up a rebuild, and connections that use up the server's. */
const provisionBi = async (client: pg.Client, password: string | undefined): Promise<void> => {
  await ensureRole(client, BI_ROLE);
  const login = password ? `login password ${client.escapeLiteral(password)}` : 'nologin password null';
  await client.query(`alter role ${BI_ROLE} with ${login} connection limit 10`);
  const settings = {
    search_path: 'reporting',
    default_transaction_read_only: 'on',
    statement_timeout: `'60s'`,
    idle_in_transaction_session_timeout: `'60s'`,
  };
  for (const [name, value] of Object.entries(settings))
    await client.query(`alter role ${BI_ROLE} set ${name} = ${value}`);
};

/**
 * Creates a role, a schema of the same name and one for rebuilds for every service and sets the passwords. Idempotent. A role owns its
 * schema and has no access to the others. The role of BI tools may log in only with a password.
 * @param adminUrl a superuser, or a role that may create roles and schemas
 */
export const provisionDatabase = async (
  adminUrl: string,
  passwords: PerService<string>,
  biPassword?: string,
): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('baton.provision'))`);
    for (const service of serviceNames) await provisionService(client, service, passwords[service]);
    await provisionBi(client, biPassword);
    // `public` stays empty: tables belong into the schemas of the services.
    await client.query('revoke create on schema public from public');
    await client.query('commit');
  } finally {
    await client.end();
  }
};
