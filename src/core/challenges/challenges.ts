import { FACE2025 } from './face2025.ts';
import { RAIM2024 } from './raim2024.ts';
import { RAIM2026 } from './raim2026.ts';
import type { Challenge, ChallengeId } from './types.ts';
import { VQE2025 } from './vqe2025.ts';

/** All challenges by id. */
export const CHALLENGES: Readonly<Record<ChallengeId, Challenge>> = {
  raim2026: RAIM2026,
  raim2024: RAIM2024,
  face2025: FACE2025,
  vqe2025: VQE2025,
};
