/** For `expect.poll`: a busy machine takes its time; timing never decides a test. */
export const PATIENT = { timeout: 60_000 };
