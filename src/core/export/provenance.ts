/*
 * Where exported numbers come from. Without it a table cannot be cited, or told from one that an
 * older version or a faulty device gave.
 */

export interface MethodProvenance {
  readonly method: string;
  readonly origin: 'dropped' | 'run';
  /** Of a method that ran here: title, file hash, provider, adapter, settings; else null. */
  readonly model: {
    readonly title: string;
    readonly sha256: string | null;
    readonly provider: string;
    readonly adapter: string | null;
  } | null;
}

export interface MetricProvenance {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly unit: string;
  readonly direction: string;
  readonly definition: string;
  readonly source: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly imported: boolean;
}

/** Where the person masks of a set come from. */
export interface MaskProvenance {
  /** Cases with a mask of the user's, with one that a network found, and with none. */
  readonly brought: number;
  readonly automatic: number;
  readonly none: number;
  /** The networks that found people. */
  readonly networks: readonly { readonly title: string; readonly sha256: string }[];
  /** Ids of the cases whose mask is automatic. */
  readonly automaticCases: readonly string[];
}

/** An output that was found to lie elsewhere than its ground truth, by a person. */
export interface ShiftProvenance {
  readonly case: string;
  readonly method: string;
  /** Pixels to the right and down at which the output shows what the ground truth does. */
  readonly dx: number;
  readonly dy: number;
}

export interface Provenance {
  readonly app: { readonly name: 'Loupe'; readonly version: string };
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  /** What measured, and whether its numbers were found to be those of float64. */
  readonly device: {
    readonly backend: 'wgsl' | 'reference';
    readonly adapter: string | null;
    readonly verdict: 'unchecked' | 'exact' | 'failed';
  };
  readonly decoder: { readonly version: number; readonly rule: string };
  /** How a mask becomes regions, for readers and for tables. */
  readonly regionRule: string;
  readonly regionRuleId: string;
  readonly masks: MaskProvenance;
  /** Numbers are measured without them. */
  readonly shifts: readonly ShiftProvenance[];
  readonly metrics: readonly MetricProvenance[];
  readonly methods: readonly MethodProvenance[];
}
