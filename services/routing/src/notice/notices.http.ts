import {
  EachNested,
  emailAddressOf,
  IsInstant,
  isInstant,
  IsUuid,
  isUuid,
  Nested,
  Optional,
} from '@baton/contracts';
import {
  ApiResponseShape,
  AsNumber,
  Clock,
  CurrentUser,
  decodeCursor,
  DomainError,
  encodeCursor,
  Nullable,
  refusedField,
  User,
  UuidPipe,
} from '@baton/platform';
import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { toIso } from '../policy/duration.js';
import { ConfirmAddress } from './confirm-address.js';
import { NOTICE_KINDS, type Notice, type NoticeKind } from './notice.js';
import type { NoticeSettings, QuietHours } from './notice-settings.js';
import { NoticeSettingsStore } from './notice-settings.store.js';
import { titleOf } from './notice-text.js';
import { NoticeStore, type AfterDelivery } from './notice.store.js';

const DEFAULT_LIMIT = 20;
const POSITION = { createdAt: isInstant, id: isUuid };
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export class NoticesQuery {
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

export class NoticeResponse {
  @IsUuid() readonly id!: string;
  @IsIn(NOTICE_KINDS) readonly kind!: NoticeKind;
  @IsUuid() readonly handoffId!: string;
  @IsUuid() readonly leadId!: string;
  /** The notice in one sentence. */
  @IsString() readonly title!: string;
  @IsInstant() readonly at!: string;
  @IsBoolean() readonly read!: boolean;
}

export class NoticesResponse {
  @EachNested(() => NoticeResponse) readonly items!: readonly NoticeResponse[];
  @Nullable() @IsString() readonly next!: string | null;
  @IsInt() readonly unread!: number;
}

export class QuietHoursShape implements QuietHours {
  @Matches(TIME) readonly from!: string;
  @Matches(TIME) readonly to!: string;
}

const OrNull = (): PropertyDecorator => ValidateIf((_, value) => value !== null);

export class NoticeSettingsRequest {
  /** An address other than the stored one is used when it is confirmed by the link that is sent there. Null: no e-mail. */
  @OrNull() @Nullable() @IsEmail() @MaxLength(320) readonly email!: string | null;
  @IsIn(NOTICE_KINDS, { each: true }) readonly kinds!: readonly NoticeKind[];
  @IsString() @MaxLength(64) readonly timeZone!: string;
  @OrNull() @Nullable() @Nested(() => QuietHoursShape) readonly quietHours!: QuietHoursShape | null;
  @IsInt() @Min(0) @Max(1_440) readonly gatherMinutes!: number;
  /** Such as U024BE7LH. */
  @OrNull() @Nullable() @Matches(/^[A-Z0-9]{2,32}$/) readonly slackUserId!: string | null;
}

export class NoticeSettingsResponse extends NoticeSettingsRequest {
  /** The address that a link was sent to now. */
  @Nullable() @IsString() readonly unconfirmed!: string | null;
  /** Whether the installation can send e-mail. */
  @IsBoolean() readonly emailIsOn!: boolean;
}

/** A person's notices, and how they are told. */
@Controller('notices')
export class NoticesHttp {
  constructor(
    private readonly notices: NoticeStore,
    private readonly settings: NoticeSettingsStore,
    private readonly addresses: ConfirmAddress,
    private readonly clock: Clock,
  ) {}

  /** Newest first. The first look makes the person known as somebody to tell. */
  @Get()
  @ApiResponseShape(NoticesResponse)
  async list(
    @Query() { cursor, limit = DEFAULT_LIMIT }: NoticesQuery,
    @CurrentUser() user: User,
  ): Promise<NoticesResponse> {
    const after = cursor === undefined ? undefined : decodeCursor<AfterDelivery>(cursor, POSITION);
    if (user.kind === 'person') await this.settings.of(user);
    const found = await this.notices.inApp(user.id, { limit: limit + 1, after });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ id, body, createdAt, read }) => {
        const notice = body as Notice;
        const { kind, handoffId, leadId } = notice;
        return { id, kind, handoffId, leadId, title: titleOf(notice), at: toIso(createdAt), read };
      }),
      next:
        found.length > limit && last ? encodeCursor({ createdAt: toIso(last.createdAt), id: last.id }) : null,
      unread: await this.notices.unread(user.id),
    };
  }

  /** All notices so far are read. */
  @Post('read')
  @ApiResponseShape()
  async read(@CurrentUser() user: User): Promise<void> {
    await this.notices.markRead(user.id, this.clock.now().getTime());
  }

  /** One notice is read; of somebody else's nothing is said or changed. */
  @Post(':id/read')
  @ApiResponseShape()
  async readOne(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<void> {
    await this.notices.markRead(user.id, this.clock.now().getTime(), id);
  }

  @Get('settings')
  @ApiResponseShape(NoticeSettingsResponse)
  async get(@CurrentUser() user: User): Promise<NoticeSettingsResponse> {
    return this.toResponse(await this.settings.of(user), null);
  }

  @Put('settings')
  @ApiResponseShape(NoticeSettingsResponse)
  async put(
    @Body() request: NoticeSettingsRequest,
    @CurrentUser() user: User,
  ): Promise<NoticeSettingsResponse> {
    if (user.kind !== 'person') throw new DomainError('forbidden', 'A program gets no notices.');
    if (!isTimeZone(request.timeZone))
      throw refusedField('/timeZone', 'is no time zone, such as Europe/Berlin');
    const wanted =
      request.email === null ? null : (emailAddressOf(request.email) ?? request.email.toLowerCase());
    const before = await this.settings.of(user);
    const { email: _, ...changes } = request;
    const email = wanted === before.email ? wanted : null;
    const after: NoticeSettings = {
      ...before,
      ...changes,
      email: wanted === null ? null : (email ?? before.email),
    };
    await this.settings.save(after);
    const isNew = wanted !== null && wanted !== before.email;
    if (isNew) await this.addresses.run(user.id, wanted);
    return this.toResponse(after, isNew ? wanted : null);
  }

  private toResponse(
    { email, kinds, timeZone, quietHours, gatherMinutes, slackUserId }: NoticeSettings,
    unconfirmed: string | null,
  ): NoticeSettingsResponse {
    return {
      email,
      kinds,
      timeZone,
      quietHours,
      gatherMinutes,
      slackUserId,
      unconfirmed,
      emailIsOn: this.addresses.areOn,
    };
  }
}

const isTimeZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
};
