import { AttributionRefused, evaluationSteps, requestViolations, type Steps } from '@baton/attribution';
import { ApiResponseShape, DomainError } from '@baton/platform';
import { Body, Controller, Injectable, Post } from '@nestjs/common';
import { sentenceOf } from './attribution-faults.js';
import { AttributionRequestBody } from './attribution.request.js';
import { AttributionResponse } from './attribution.response.js';

/** 100,000 paths of about ten touches. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Evaluations at a time in one process; each has up to about 100 MB in memory. */
const MAX_EVALUATIONS = 4;
const RETRY_AFTER_SECONDS = 2;
/** Time after which other requests and readers get their turn. */
const MAX_TURN_MS = 10;

/** Attribution of paths that the request contains: nothing is read or stored. */
@Injectable()
@Controller('attribution')
export class AttributionHttp {
  private running = 0;

  /** Who gets the credit for conversions, by one of eight models (docs/attribution.md). */
  @Post('evaluate')
  @ApiResponseShape(AttributionResponse)
  async evaluate(@Body() request: AttributionRequestBody): Promise<AttributionResponse> {
    if (this.running === MAX_EVALUATIONS)
      throw new DomainError('too-many', `${MAX_EVALUATIONS} evaluations are running; try again.`, {
        retryAfter: RETRY_AFTER_SECONDS,
      });
    this.running += 1;
    try {
      return { credits: await creditsOf(request) };
    } finally {
      this.running -= 1;
    }
  }
}

const creditsOf = async (request: AttributionRequestBody): Promise<AttributionResponse['credits']> => {
  const errors = await inTurns(requestViolations(request));
  if (errors.length > 0) throw new DomainError('invalid', sentenceOf(errors), { errors });
  try {
    return await inTurns(evaluationSteps(request));
  } catch (fault) {
    if (!(fault instanceof AttributionRefused)) throw fault;
    throw new DomainError('unprocessable', sentenceOf([fault]), {
      errors: [{ pointer: fault.pointer, detail: fault.detail }],
    });
  }
};

/** Runs a computation without blocking the event loop for longer than one of its steps and 10 ms. */
const inTurns = async <Result>(steps: Steps<Result>): Promise<Result> => {
  for (let turn = performance.now(); ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - turn < MAX_TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    turn = performance.now();
  }
};
