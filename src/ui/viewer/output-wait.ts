import type { CaseView, JobView, PictureView } from '../../app/model.ts';

interface Waiting {
  readonly picture: Pick<PictureView, 'sha256'> | null;
  readonly job: Pick<JobView, 'kind' | 'caseId'> | null;
  readonly case: Pick<CaseView, 'id' | 'restoring'> | null;
}

/** What an output that is not on screen waits for; `nothing` where it has to be asked for. */
export function waitOf({
  picture,
  job,
  case: item,
}: Waiting): 'decoding' | 'reading' | 'restoring' | 'turn' | 'nothing' {
  if (picture) return 'decoding';
  if (job?.kind === 'reading') return 'reading';
  if (job?.kind === 'restore' && job.caseId === item?.id) return 'restoring';
  return item?.restoring ? 'turn' : 'nothing';
}

/**
 * Whether what stands in the output's place is the reduced restoration of the running job. A preview
 * of the strength is the picture itself, as far as the hand has come, whatever is restored meanwhile.
 */
export function isPreviewed(
  job: Waiting['job'],
  item: Pick<CaseView, 'id' | 'preview' | 'wantedStrength'> | null,
): boolean {
  if (item === null || item.preview === null || item.wantedStrength !== null) return false;
  return job?.kind === 'restore' && job.caseId === item.id;
}
