import { Public } from '@baton/platform';
import { Controller, Get, Injectable, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Pages of the dashboard have addresses of their own; the one file that draws them all is the same. */
@Injectable()
@Public()
@Controller()
export class PagesHttp {
  @Get([
    '/',
    'login',
    'live',
    'inbox',
    'leads',
    'leads/*rest',
    'definitions',
    'definitions/*rest',
    'dead-letters',
  ])
  page(@Res() reply: FastifyReply): void {
    void reply.header('cache-control', 'no-cache').sendFile('index.html');
  }
}
