import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { Publisher } from '@baton/bus';
import { Clock, DomainError, Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  addIngestScope,
  problemOf,
  refuseTooLarge,
  traceparentFrom,
  violationAt,
} from '../request/ingest-scope.http.js';
import type { Json } from '../activity/invalid-message.js';
import { requestContextOf } from '../request/request-context.http.js';
import { assertWithinLimits } from '../activity/payload-limits.js';
import { activityOfForm } from './form-fill.js';
import { FormCache } from './form.cache.js';
import type { Form } from './form.store.js';
import { redirectOf } from './redirect.js';
import { formFieldsOf } from './form-body.http.js';

const THANKS =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Thank you</title><p>Thank you.</p></html>';
type FormRequest = FastifyRequest<{ Params: { formId: string } }>;

/** `POST /f/{formId}`, the action of HTML forms. Responds after the broker acknowledged the event. */
@Injectable()
export class SubmitFormHttp {
  constructor(
    private readonly publisher: Publisher,
    private readonly forms: FormCache,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Adds the route to a scope of its own. */
  routes(scope: FastifyInstance, root: FastifyInstance): void {
    addIngestScope(scope, ['/f/*'], root);
    scope.post('/f/:formId', (request: FormRequest, reply) => this.submit(request, reply));
  }

  private async submit(request: FormRequest, reply: FastifyReply): Promise<FastifyReply> {
    const receivedAt = this.clock.now();
    const form = await this.formOf(request.params.formId);
    const fields = formFieldsOf(request.body, request.headers['content-type']);
    const { activity, redirect } = this.read(form, fields, request, receivedAt);
    await this.publisher
      .publish([{ contract: ActivityRecorded, data: activity, ...traceparentFrom(request) }])
      .catch(refuseTooLarge(() => ''));
    return this.respond(form, redirect, request, reply);
  }

  private async formOf(formId: string): Promise<Form> {
    const form = await this.forms.formOf(formId);
    if (!form)
      throw new DomainError('not-found', 'There is no such form; create it first, with POST /forms.');
    return form;
  }

  private read(
    form: Form,
    fields: Json,
    request: FastifyRequest,
    receivedAt: Date,
  ): { activity: ActivityRecordedV1; redirect: string | undefined } {
    const { referer, 'idempotency-key': key } = request.headers;
    try {
      assertWithinLimits(fields);
      return activityOfForm(
        { formId: form.id, fields, referer, idempotencyKey: typeof key === 'string' ? key : undefined },
        requestContextOf(request, form.sourceId, receivedAt),
      );
    } catch (fault) {
      throw problemOf([violationAt('', fault)]);
    }
  }

  private respond(
    form: Form,
    requested: string | undefined,
    { headers }: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply {
    const { accept = '', 'content-type': type = '' } = headers;
    if (accept.includes('application/json') || (type.includes('json') && !accept.includes('text/html')))
      return reply.type('application/json; charset=utf-8').send('{"success":true}');
    const target = redirectOf(requested, form);
    if (requested !== undefined && target !== requested)
      this.logger.debug({ formId: form.id }, 'a form asked for a redirect that is not on its list');
    return target === undefined
      ? reply.type('text/html; charset=utf-8').send(THANKS)
      : reply.redirect(target, 303);
  }
}
