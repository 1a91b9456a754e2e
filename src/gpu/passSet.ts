import { MS_SSIM_WEIGHTS } from '../core/metrics/msSsim.ts';
import type { MetricId } from '../core/metrics/types.ts';
import type { GpuContext } from './device.ts';
import { colourSumsPass } from './passes/colourSumsPass.ts';
import { errorSumsPass } from './passes/errorSumsPass.ts';
import { GaussianSsimPass } from './passes/gaussianSsimPass.ts';
import { opencvLabSumsPass } from './passes/opencvLabSumsPass.ts';
import { ssimSumsPass } from './passes/ssimSumsPass.ts';
import type { SumPass } from './passes/sumPass.ts';

type PassName = 'ssim' | 'lab8' | 'errors' | 'cie76' | 'ciede2000' | 'gaussian' | 'multiscale';

const MAKE: Readonly<Record<PassName, (context: GpuContext) => SumPass>> = {
  ssim: ssimSumsPass,
  lab8: opencvLabSumsPass,
  errors: errorSumsPass,
  cie76: (context) => colourSumsPass(context, false),
  ciede2000: (context) => colourSumsPass(context, true),
  gaussian: (context) => new GaussianSsimPass(context, 1),
  multiscale: (context) => new GaussianSsimPass(context, MS_SSIM_WEIGHTS.length),
};

/** The fewest passes whose sums give these metrics. */
function passesFor(ids: readonly MetricId[]): PassName[] {
  const wants = (...wanted: MetricId[]) => wanted.some((id) => ids.includes(id));
  const names: PassName[] = [];
  const lab8 = wants('deltae');
  const errors = wants('mae', 'psnr-y') || (!lab8 && wants('psnr', 'rmse'));
  if (wants('ssim')) names.push('ssim');
  if (lab8) names.push('lab8');
  if (errors) names.push('errors');
  if (wants('deltae2000')) names.push('ciede2000');
  else if (wants('deltae76')) names.push('cie76');
  if (wants('ms-ssim')) names.push('multiscale');
  else if (wants('ssim-wang')) names.push('gaussian');
  return names;
}

/** The summing passes of one device, built when they are first needed. */
export class PassSet {
  readonly #context: GpuContext;
  readonly #passes = new Map<PassName, SumPass>();

  constructor(context: GpuContext) {
    this.#context = context;
  }

  /** The passes that these metrics need. */
  for(ids: readonly MetricId[]): readonly SumPass[] {
    return passesFor(ids).map((name) => {
      const pass = this.#passes.get(name) ?? MAKE[name](this.#context);
      this.#passes.set(name, pass);
      return pass;
    });
  }

  destroy(): void {
    for (const pass of this.#passes.values()) pass.destroy();
    this.#passes.clear();
  }
}
