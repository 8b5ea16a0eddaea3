// The end-to-end tests that have long runs, on the loopback host, without a limit of time.
process.env['SOAK'] ??= '1';
const { default: usual } = await import('./playwright.config.ts');
export default {
  ...usual,
  ...{ testMatch: 'kill.spec.ts', workers: 1, retries: 0, timeout: 0, projects: usual.projects?.slice(0, 1) },
  // A machine that does other work meanwhile is slow, not wrong.
  expect: { timeout: 60_000 },
};
