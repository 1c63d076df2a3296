import { IsInstant, IsUuid, Optional } from '@baton/contracts';
import { ApiResponseShape, Clock, Public, ReadDatabase } from '@baton/platform';
import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { OfferPolicy } from '../handoff/offer-policy.js';
import { RejectReasonResponse } from '../handoff/reject-reason.response.js';
import { toIso } from '../policy/duration.js';
import { DecideByLink } from './decide-by-link.js';
import { LINK_STATES, type LinkState } from './link-state.js';

const STORABLE = /^[^\0\p{Surrogate}]*$/u;

export class LinkRequest {
  /** The part of the link after #. */
  @Matches(/^[\w.-]{20,2048}$/) readonly token!: string;
}

export class LinkVerdictRequest extends LinkRequest {
  @IsIn(['accept', 'reject', 'confirm-address']) readonly what!: 'accept' | 'reject' | 'confirm-address';
  /** A code of the reasons, for a rejection. */
  @Optional() @IsString() @MaxLength(64) readonly reason?: string;
  @Optional() @IsString() @MaxLength(2000) @Matches(STORABLE) readonly note?: string;
  @Optional() @IsInstant() readonly wakeAt?: string;
}

export class LinkResponse {
  @IsIn(['verdict', 'address']) readonly for!: 'verdict' | 'address';
  @IsIn(LINK_STATES) readonly state!: LinkState;
  /** What the link is good for, in words. */
  @IsString() readonly detail!: string;
  @Optional() @IsUuid() readonly handoffId?: string;
  @Optional() @IsString() readonly sellerName?: string;
  @Optional() @IsInstant() readonly acceptBy?: string;
  /** Of a link for an address. */
  @Optional() @IsString() readonly email?: string;
  /** Why a lead can be rejected. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RejectReasonResponse)
  readonly reasons!: readonly RejectReasonResponse[];
}

/** For the holder of a link that was sent by e-mail, who has no session. The token is in the body, since addresses are logged. */
@Public()
@Controller('verdict-link')
export class VerdictLinkHttp {
  constructor(
    private readonly links: DecideByLink,
    private readonly policies: OfferPolicy,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** What the link is for; changes nothing. */
  @Post()
  @HttpCode(200)
  @ApiResponseShape(LinkResponse)
  async show(@Body() { token }: LinkRequest): Promise<LinkResponse> {
    const { signed, handoff, state, detail } = await this.links.show(token);
    if (signed.for === 'address') return { for: 'address', state, detail, email: signed.email, reasons: [] };
    const { document } = await this.policies.of(this.database, handoff, this.clock.now().getTime());
    const acceptBy = handoff!.clocks.find(({ name }) => name === 'accept')?.dueAt;
    return {
      for: 'verdict',
      state,
      detail,
      handoffId: signed.handoffId,
      ...(handoff?.seller?.id === signed.sellerId && { sellerName: handoff.seller.name }),
      ...(acceptBy !== undefined && { acceptBy: toIso(acceptBy) }),
      reasons: document.rejectReasons,
    };
  }

  /** Uses the link, once. */
  @Put()
  @ApiResponseShape()
  async use(@Body() { token, what, reason, note, wakeAt }: LinkVerdictRequest): Promise<void> {
    if (what === 'confirm-address') return this.links.confirmAddress(token);
    if (what === 'accept') return this.links.decide(token, { what });
    return this.links.decide(token, {
      what,
      reason: reason ?? '',
      ...(note !== undefined && { note }),
      ...(wakeAt !== undefined && { wakeAt: Date.parse(wakeAt) }),
    });
  }
}
