import type { ReportStudy } from '../../core/export/report.ts';

/** What judging puts into a workspace file. */
export interface GuestSection {
  /** Goes into the workspace's JSON. */
  readonly json: unknown;
  /** Pictures by SHA-256; empty where the workspace is saved without pictures. */
  readonly pictures: ReadonlyMap<string, Blob>;
}

/** A neighbour of the bench whose studies travel with the bench's set. */
export interface BenchGuest {
  /** Null where there is nothing to save. */
  section(images: boolean): Promise<GuestSection | null>;
  /**
   * Takes over what a workspace file holds; it comes from outside, so everything of it is checked here.
   * @throws {BadInput} where it is none of its own
   */
  take(section: GuestSection): Promise<void>;
  /** Studies with their analysis for the HTML report. */
  report(): Promise<readonly ReportStudy[]>;
}
