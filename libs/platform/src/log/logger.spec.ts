import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

const recording = async (level = 'info') => {
  const lines: Record<string, any>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, any>) };
  return { lines, logger: await createLogger({ name: 'shelf', level, destination }) };
};

describe('a log line', () => {
  it('is JSON with a readable level, time and service', async () => {
    const { lines, logger } = await recording();
    logger.info({ url: 'http://127.0.0.1:1' }, 'listening');

    expect(lines).toEqual([
      {
        level: 'info',
        service: 'shelf',
        url: 'http://127.0.0.1:1',
        msg: 'listening',
        time: expect.any(String),
      },
    ]);
  });

  it('of a failed statement contains neither its values nor the conflicting row', async () => {
    const { lines, logger } = await recording();
    const failed = Object.assign(new Error('duplicate key value violates unique constraint "users_email"'), {
      ...{ code: '23505', constraint: 'users_email', parameters: ['ada@example.com'] },
      ...{ detail: 'Key (email)=(ada@example.com) already exists.', query: 'insert into users values ($1)' },
    });
    logger.error({ err: new Error('saving failed', { cause: failed }) }, 'request failed');

    expect(JSON.stringify(lines)).not.toContain('ada@example.com');
    expect(lines[0]?.['err'].cause).toMatchObject({ code: '23505', constraint: 'users_email' });
    expect(lines[0]?.['err'].stack).toContain('saving failed');
  });

  it('of Nest is written by pino; its start-up lines are debug', async () => {
    const { lines, logger } = await recording();
    const nest = new NestLogger(logger);
    nest.log('Mapped {/things, GET} route', 'RouterExplorer');
    nest.error(new Error('broken'), 'Injector');

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'error',
      nest: 'Injector',
      msg: 'broken',
      err: { message: 'broken' },
    });
  });
});
