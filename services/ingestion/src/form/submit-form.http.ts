import { Clock, DomainError, Logger, statusOf } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Json } from '../activity/invalid-message.js';
import { assertWithinLimits } from '../activity/payload-limits.js';
import { RateLimits } from '../limit/rate-limits.cache.js';
import { Intake, type IntakeCall, type Understood } from '../intake/intake.http.js';
import { addIngestScope, addressLimitOf, problemOf, violationAt } from '../request/ingest-scope.http.js';
import { requestContextOf } from '../request/request-context.http.js';
import { SourceCache } from '../source/source.cache.js';
import type { SourceSettings } from '../source/source.store.js';
import { formFieldsOf, parseMultipart } from './form-body.http.js';
import { activityOfForm, type ReadFill } from './form-fill.js';
import { faultPage, PAGE_HEADERS, thanksPage, type FormFault } from './form-page.js';
import { FormCache } from './form.cache.js';
import type { Form } from './form.store.js';
import { isProgram, isReadByPeople } from './form-sender.js';
import { redirectOf } from './redirect.js';

type FormRequest = FastifyRequest<{ Params: { formId: string } }>;

/** `/f/{formId}`, the action of HTML forms. Responds when the fill is durable. */
@Injectable()
export class SubmitFormHttp {
  constructor(
    private readonly intake: Intake,
    private readonly forms: FormCache,
    private readonly sources: SourceCache,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Adds the routes to a scope of their own. */
  routes(scope: FastifyInstance, root: FastifyInstance): void {
    addIngestScope(scope, {
      paths: ['/f/:formId', '/f/*'],
      root,
      limits: this.limits,
      checkPreflight: (request) => this.checkPreflight(request as FormRequest),
      onFault: (fault, request, reply) => this.answerFault(fault, request as FormRequest, reply),
    });
    scope.addContentTypeParser('multipart/form-data', (request: FastifyRequest, stream: Readable) =>
      parseMultipart(request, stream),
    );
    scope.post('/f/:formId', (request: FormRequest, reply) =>
      this.submit(request, reply, () => formFieldsOf(request.body, request.headers['content-type'])),
    );
    scope.get('/f/:formId', (request: FormRequest, reply) =>
      this.submit(request, reply, () => queryOf(request)),
    );
    scope.get('/f/:formId/thanks', ({ headers }, reply) =>
      asPage(reply).send(thanksPage(headers['accept-language'])),
    );
  }

  private async submit(
    request: FormRequest,
    reply: FastifyReply,
    fieldsOf: () => Json,
  ): Promise<FastifyReply> {
    const receivedAt = this.clock.now();
    const { form, source } = await this.formOf(request.params.formId);
    const limits = [addressLimitOf(request), await this.limits.consume('form', form.id)];
    let redirect: string | undefined;
    await this.intake.take(callOf(form, source, receivedAt, limits), request, reply, () => {
      const fill = this.read(form, fieldsOf(), request, requestContextOf(request, source, receivedAt));
      redirect = fill.redirect;
      return understood(fill);
    });
    return this.respond(form, redirect, request, reply);
  }

  private async formOf(formId: string): Promise<{ form: Form; source: SourceSettings }> {
    const form = await this.forms.formOf(formId);
    const source = form && (await this.sources.withId(form.sourceId));
    if (!form || !source)
      throw new DomainError('not-found', 'There is no such form; create it first, with POST /forms.');
    return { form, source };
  }

  private read(
    form: Form,
    fields: Json,
    { headers }: FormRequest,
    context: ReturnType<typeof requestContextOf>,
  ): ReadFill {
    const { referer, 'idempotency-key': key } = headers;
    try {
      assertWithinLimits(fields);
      return activityOfForm(
        {
          formId: form.id,
          fields,
          mapping: form.mapping,
          referer,
          idempotencyKey: typeof key === 'string' ? key : undefined,
        },
        context,
      );
    } catch (fault) {
      throw problemOf([violationAt('', fault)]);
    }
  }

  private respond(
    form: Form,
    requested: string | undefined,
    { headers }: FormRequest,
    reply: FastifyReply,
  ): FastifyReply {
    if (isProgram(headers)) return reply.type('application/json; charset=utf-8').send('{"success":true}');
    const target = redirectOf(requested, form);
    if (requested !== undefined && target !== requested)
      this.logger.debug({ formId: form.id }, 'a form asked for a redirect that is not on its list');
    // A redirect to a page of its own, so that a reload sends nothing again.
    return reply.redirect(target ?? `${form.id}/thanks`, 303);
  }

  /** The address tells the form, and so the keys. */
  private async checkPreflight(request: FormRequest): Promise<void> {
    const found = await this.formOf(request.params.formId).catch(() => undefined);
    if (found) this.intake.admittedBy(callOf(found.form, found.source, this.clock.now(), []), request);
  }

  /** Counts a request refused before its content was read, and answers a person with a page. */
  private async answerFault(fault: unknown, request: FormRequest, reply: FastifyReply): Promise<boolean> {
    const found = await this.formOf(request.params.formId).catch(() => undefined);
    if (found && !this.intake.hasTaken(request))
      this.intake.refuse(callOf(found.form, found.source, this.clock.now(), []), request, fault);
    if (!found || !isReadByPeople(request.headers)) return false;
    const { retryAfter } = (fault as Partial<DomainError>).extra ?? {};
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    void asPage(reply.status(statusOf(fault))).send(
      faultPage(faultOf(fault), request.headers['accept-language']),
    );
    return true;
  }
}

const callOf = (
  form: Form,
  source: SourceSettings,
  receivedAt: Date,
  limits: IntakeCall['limits'],
): IntakeCall => ({ source, key: undefined, endpoint: `/f/${form.id}`, receivedAt, limits });

const understood = ({ activity, uses, unclearConsent, robot }: ReadFill): Understood => ({
  activities: [activity],
  entries: () => [
    {
      activity,
      ...(robot && { robot }),
      fields: uses,
      notes: unclearConsent.map(
        (field) => `The answer to "${field}" was not understood: no consent was recorded.`,
      ),
    },
  ],
});

/** Forms with `method="get"`, and links that carry their answers. */
const queryOf = ({ raw }: FormRequest): Json => {
  const query = /\?(.*)$/s.exec(raw.url ?? '')?.[1] ?? '';
  if (query === '')
    throw new DomainError(
      'invalid',
      'This is the address that a form is sent to; it has no page of its own.',
    );
  return formFieldsOf(Buffer.from(query), 'application/x-www-form-urlencoded');
};

const asPage = (reply: FastifyReply): FastifyReply =>
  reply.removeHeader('x-frame-options').headers(PAGE_HEADERS);

const faultOf = (fault: unknown): FormFault => {
  const status = statusOf(fault);
  if (status === 429 || status >= 500) return 'busy';
  if (status === 403) return 'page';
  const [first] = (fault as Partial<DomainError>).extra?.errors ?? [];
  return first !== undefined && /e-mail address/.test(first.detail) ? 'email' : 'other';
};
