#!/usr/bin/env -S node --max-semi-space-size=8
// A small young generation: what an export is done with is cleared away before it is taken for something that stays.
import '../../../shared/runtime/require-node.js';

await import('./src/main.ts');
