// The unit and host tests with their long runs: the same settings, without a limit of time for a test.
process.env['SOAK'] ??= '1';
export default (await import('./vitest.config.ts')).default;
