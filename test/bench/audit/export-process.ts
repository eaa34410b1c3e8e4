/** Runs `team` as people do, and says at its end how much memory it had. */
process.once('exit', () => {
  // Kilobytes: https://nodejs.org/api/process.html#processresourceusage
  process.stderr.write(`\n${JSON.stringify({ peakMb: process.resourceUsage().maxRSS / 1_024 })}\n`);
});
await import('../../../services/portal/cli/src/main.ts');
