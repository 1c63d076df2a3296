import { AttributionRefused, evaluationSteps, requestViolations } from '@baton/attribution';
import { ApiResponseShape, DomainError } from '@baton/platform';
import { Body, Controller, Injectable, Post } from '@nestjs/common';
import { sentenceOf } from './attribution-faults.js';
import { AttributionRequestBody } from './attribution.request.js';
import { AttributionResponse } from './attribution.response.js';
import { Evaluations } from './evaluations.job.js';

/** 100,000 paths of about ten touches. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Attribution of paths that the request contains: nothing is read or stored. */
@Injectable()
@Controller('attribution')
export class AttributionHttp {
  constructor(private readonly evaluations: Evaluations) {}

  /** Who gets the credit for conversions, by one of eight models (docs/attribution.md). */
  @Post('evaluate')
  @ApiResponseShape(AttributionResponse)
  evaluate(@Body() request: AttributionRequestBody): Promise<AttributionResponse> {
    return this.evaluations.run(async (inTurns) => {
      const errors = await inTurns(requestViolations(request));
      if (errors.length > 0) throw new DomainError('invalid', sentenceOf(errors), { errors });
      try {
        return { credits: await inTurns(evaluationSteps(request)) };
      } catch (fault) {
        throw asRefusal(fault);
      }
    });
  }
}

/** A chain that is too large is a 422 that names the place. */
const asRefusal = (fault: unknown): unknown =>
  fault instanceof AttributionRefused
    ? new DomainError('unprocessable', sentenceOf([fault]), {
        errors: [{ pointer: fault.pointer, detail: fault.detail }],
      })
    : fault;
