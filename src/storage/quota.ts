/** What `navigator.storage` offers a page; handed in, because workers and tests have less of it. */
export interface QuotaSource {
  estimate(): Promise<{ readonly quota?: number; readonly usage?: number }>;
  persist(): Promise<boolean>;
  persisted(): Promise<boolean>;
}

/** Nothing more fits, even after everything that can be made again was dropped. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError';
}

/** True for the error every browser gives when the disk or the origin's share of it is full. */
export function isQuotaError(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    (error.name === 'QuotaExceededError' || error.name === 'NS_ERROR_DOM_QUOTA_REACHED')
  );
}
