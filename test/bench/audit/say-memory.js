// Loaded before a program: says at its end how much memory it had at most.
process.once('exit', () => {
  // Kilobytes: https://nodejs.org/api/process.html#processresourceusage
  process.stderr.write(`\n${JSON.stringify({ peakMb: process.resourceUsage().maxRSS / 1_024 })}\n`);
});
