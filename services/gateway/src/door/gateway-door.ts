import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';
import { passOn } from '../proxy/pass-on.http.js';
import { guard } from './guard.js';
import { servePages } from './pages.http.js';

/** Everything that stands before and beside the gateway's own controllers. The guard first: hooks see later routes only. */
export const gatewayDoor = async (instance: FastifyInstance, app: NestFastifyApplication): Promise<void> => {
  guard(instance, app);
  await passOn(instance, app);
  await servePages(instance, app.get(GatewayConfig).dashboardDir);
};
