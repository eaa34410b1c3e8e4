#!/usr/bin/env node
import '../../../shared/runtime/require-node.js';

await import('../src/start/main.ts');
