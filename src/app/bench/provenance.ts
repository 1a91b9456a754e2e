import type { Column } from '../../core/bench/types.ts';
import { RAIM2026_METRICS, type Raim2026Column } from '../../core/challenges/raim2026.ts';
import type { MaskProvenance, MetricProvenance, Provenance } from '../../core/export/provenance.ts';
import { MASK_THRESHOLD } from '../../core/image/mask.ts';
import { METRICS, NO_REFERENCE_METRICS } from '../../core/metrics/definitions.ts';
import { METRIC_IDS } from '../../core/metrics/types.ts';
import { engineInfo, verdictNow } from '../device.ts';
import { contractOf, LEARNED_METRICS, learnedDefinition } from '../learnedDefinitions.ts';
import { DECODER_VERSION } from '../resultKeys.ts';
import { APP_VERSION } from '../version.ts';
import type { BenchContext } from './context.ts';

/** The definition behind a column; null for an imported one. */
function definitionOf({ id, imported }: Column, { networks }: BenchContext['app']) {
  if (imported) return null;
  const learned = [...networks].find(([known]) => id.startsWith(`${known}:`));
  const contract = learned && contractOf(...learned);
  if (learned && contract) return learnedDefinition(learned[0], contract);
  const [family = '', rest = ''] = id.split(':');
  const metric = family === 'raim2026' ? RAIM2026_METRICS[rest as Raim2026Column].metric : family;
  if (metric === 'niqe') return NO_REFERENCE_METRICS.niqe;
  if (metric === 'lpips') return LEARNED_METRICS.lpips;
  const known = METRIC_IDS.find((own) => own === metric);
  return known === undefined ? null : METRICS[known];
}

function metricProvenance(column: Column, { app, settings }: BenchContext): MetricProvenance {
  const kept = settings.learned.find((own) => own.column.id === column.id);
  const definition = definitionOf(column, app) ?? kept;
  const { id, version, title, unit, direction, imported } = column;
  return {
    id,
    version,
    title,
    unit,
    direction,
    definition: definition?.definition ?? '',
    source: definition?.source ?? '',
    parameters: definition?.parameters ?? {},
    imported,
  };
}

function maskProvenance({ survey, files }: BenchContext): MaskProvenance {
  const records = survey.cases.map(({ id, mask }) => ({
    id,
    mask,
    automatic: mask === null ? undefined : files.get(mask)?.record.automatic,
  }));
  const automatic = records.filter((entry) => entry.automatic !== undefined);
  const none = records.filter(({ mask }) => mask === null).length;
  const networks = new Map(
    automatic.flatMap((entry) =>
      entry.automatic === undefined
        ? []
        : [[entry.automatic.modelSha256, entry.automatic.modelTitle] as const],
    ),
  );
  return {
    brought: records.length - automatic.length - none,
    automatic: automatic.length,
    none,
    networks: [...networks].map(([sha256, title]) => ({ title, sha256 })),
    automaticCases: automatic.map(({ id }) => id),
  };
}

/** Where the set's numbers come from. */
export function provenanceOf(context: BenchContext, exportedAt: Date): Provenance {
  const { app, store, settings, scores } = context;
  const backends = new Set([...scores.values()].map(({ backend }) => backend));
  const backend = backends.has('wgsl') ? 'wgsl' : 'reference';
  const verdict = verdictNow(app, backend)?.verdict ?? (backend === 'wgsl' ? 'unchecked' : 'exact');
  return {
    app: { name: 'Loupe', version: APP_VERSION },
    exportedAt: exportedAt.toISOString(),
    device: {
      backend,
      adapter: backend === 'wgsl' ? (engineInfo(app)?.adapter ?? null) : null,
      verdict,
    },
    decoder: {
      version: DECODER_VERSION,
      rule: 'PNG, JPEG and BMP byte for byte as OpenCV reads them; WebP and AVIF by the browser. Profiles are ignored, EXIF orientation is applied, alpha is dropped, 16 bit is cut to its upper byte.',
    },
    regionRule:
      'Person: the mask, resized to the picture by nearest neighbour, is 128 or brighter; background is the rest. The columns of RAIM 2026 are measured on the whole picture where there is no mask.',
    regionRuleId: `mask, nearest neighbour, grey >= ${MASK_THRESHOLD}`,
    masks: maskProvenance(context),
    shifts: Object.entries(store.state.shifts).flatMap(([own, byMethod]) =>
      Object.entries(byMethod).map(([method, { dx, dy }]) => ({ case: own, method, dx, dy })),
    ),
    metrics: store.state.table.columns.map((column) => metricProvenance(column, context)),
    methods: store.state.methods.map(({ id, origin }) => {
      const run = settings.runs[id];
      return {
        method: id,
        origin,
        model:
          run === undefined
            ? null
            : {
                title: run.title,
                sha256: run.sha256,
                provider: run.provider,
                adapter: run.adapter,
              },
      };
    }),
  };
}
