import { IsInstant, IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsInt, IsNumber, IsString, ValidateNested } from 'class-validator';
import type { ModelFigures, ModelWithReport } from './learned-model.store.js';
import { named, wordsOfWeight, type RuleLabels } from './term-words.js';

/** A model learned from what sales said about hand-offs, with its figures on the newest fifth of them: docs/learning.md. */
export class LearnedModelSummary {
  @IsUuid() readonly id!: string;
  @IsInstant() readonly trainedAt!: string;
  /** Whether leads get their probability from it. */
  @IsBoolean() readonly active!: boolean;
  /** Why it was not activated, as a sentence. */
  @Nullable() @IsString() readonly refusal!: string | null;
  /** Hand-offs with an outcome that says something about the lead. */
  @IsInt() readonly examples!: number;
  /** Null when the newest have one kind of outcome. */
  @Nullable() @IsNumber() readonly auc!: number | null;
  @IsNumber() readonly brier!: number;
  /** Brier score of giving every hand-off the share of those that were worth it. */
  @IsNumber() readonly brierOfBaseRate!: number;
  @IsNumber() readonly logLoss!: number;
  /** Mean difference of probability and share, over ten groups. */
  @IsNumber() readonly calibrationError!: number;
}

export class OutcomeCountResponse {
  @IsInt() readonly positive!: number;
  @IsInt() readonly negative!: number;
}

export class RocPointResponse {
  @IsNumber() readonly threshold!: number;
  @IsNumber() readonly falsePositiveRate!: number;
  @IsNumber() readonly truePositiveRate!: number;
}

export class CalibrationBinResponse {
  /** Lowest and highest probability of the group. */
  @IsNumber() readonly from!: number;
  @IsNumber() readonly to!: number;
  @IsInt() readonly rows!: number;
  /** Mean probability. */
  @IsNumber() readonly predicted!: number;
  /** Share that was worth it. */
  @IsNumber() readonly observed!: number;
}

export class LiftPointResponse {
  /** Share of the hand-offs, those with the highest probabilities. */
  @IsNumber() readonly share!: number;
  @IsInt() readonly rows!: number;
  @IsInt() readonly positives!: number;
  /** Times as many as among random ones. */
  @IsNumber() readonly lift!: number;
  /** Share of all that were worth it. */
  @IsNumber() readonly captured!: number;
}

export class ConfusionResponse {
  @IsInt() readonly truePositives!: number;
  @IsInt() readonly falsePositives!: number;
  @IsInt() readonly trueNegatives!: number;
  @IsInt() readonly falseNegatives!: number;
}

export class WeightResponse {
  @IsString() readonly column!: string;
  /** Null: the weight is of one standard deviation more of a number. */
  @Nullable() @IsString() readonly value!: string | null;
  /** Change of the log odds. */
  @IsNumber() readonly weight!: number;
  @IsInt() readonly rows!: number;
  /** All in one sentence. */
  @IsString() readonly words!: string;
}

export class LeftOutResponse {
  @IsString() readonly column!: string;
  /** `equal`, `too-strong`, `filled-after`, `measured-after`: it looks as if it were known only after the outcome. */
  @IsString() readonly kind!: string;
  @IsString() readonly words!: string;
}

export class LearnedModelResponse extends LearnedModelSummary {
  /** Hand-offs it was trained on before it was judged, and the newest ones it was judged on. */
  @ValidateNested() @Type(() => OutcomeCountResponse) readonly trained!: OutcomeCountResponse;
  @ValidateNested() @Type(() => OutcomeCountResponse) readonly newest!: OutcomeCountResponse;
  /** The probability with the largest F1 on hand-offs of the training; precision, recall and confusion are at it. */
  @IsNumber() readonly threshold!: number;
  @Nullable() @IsNumber() readonly precision!: number | null;
  @Nullable() @IsNumber() readonly recall!: number | null;
  @ValidateNested() @Type(() => ConfusionResponse) readonly confusion!: ConfusionResponse;
  /** At most 100 points. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => RocPointResponse) readonly roc!: RocPointResponse[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CalibrationBinResponse)
  readonly calibration!: readonly CalibrationBinResponse[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => LiftPointResponse)
  readonly lift!: readonly LiftPointResponse[];
  /** Largest first, at most 100. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => WeightResponse)
  readonly weights!: readonly WeightResponse[];
  /** Facts that were not used. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => LeftOutResponse)
  readonly leftOut!: readonly LeftOutResponse[];
  @IsArray() @IsString({ each: true }) readonly warnings!: readonly string[];
}

/** The figures of a model without its tables. */
export const toSummary = ({ trainedAt, metrics, ...model }: ModelFigures): LearnedModelSummary => ({
  id: model.id,
  trainedAt: new Date(trainedAt).toISOString(),
  active: model.active,
  refusal: model.refusal,
  examples: model.examples,
  auc: metrics.auc ?? null,
  brier: metrics.brier,
  brierOfBaseRate: metrics.brierOfBaseRate,
  logLoss: metrics.logLoss,
  calibrationError: metrics.calibrationError,
});

/** A model with its tables; facts about rules are named by their labels. */
export const toResponse = (
  { report, ...model }: ModelWithReport,
  labels: RuleLabels,
): LearnedModelResponse => {
  const { metrics } = report;
  return {
    ...toSummary({ ...model, examples: report.examples, metrics }),
    trained: report.trained,
    newest: report.newest,
    threshold: metrics.threshold,
    precision: metrics.precision ?? null,
    recall: metrics.recall ?? null,
    confusion: metrics.confusion,
    roc: [...report.roc],
    calibration: metrics.calibration,
    lift: metrics.lift,
    weights: report.weights.map((weight) => ({
      column: weight.column,
      value: weight.value ?? null,
      weight: weight.weight,
      rows: weight.rows,
      words: wordsOfWeight(weight, labels),
    })),
    leftOut: report.leftOut.map(({ column, kind, reason }) => ({
      column,
      kind,
      words: `${named(column, [column], labels)} ${reason}.`,
    })),
    warnings: report.warnings.map((warning) => named(warning, columnsIn(report), labels)),
  };
};

/** Longest first: a name may begin with another one. */
const columnsIn = ({ weights, drift, leftOut }: ModelWithReport['report']): string[] =>
  [...new Set([...weights, ...drift, ...leftOut].map(({ column }) => column))].sort(
    (one, other) => other.length - one.length,
  );
